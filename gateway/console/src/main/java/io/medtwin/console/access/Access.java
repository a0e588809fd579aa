package io.medtwin.console.access;

import io.medtwin.console.access.Denied.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people in. Any thread. */
public final class Access implements AutoCloseable {

  /** Name of whoever has this machine's token. */
  public static final String LOCAL = "local";

  /** File of users, in the console's folder. */
  public static final String USERS_FILE = "console-users.json";

  /** File of this machine's token, in the console's folder. */
  public static final String TOKEN_FILE = "console.token";

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  private final Users users;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Throttle throttle;
  private final Path tokenFile;
  private final String token = Secrets.text();
  private final String code = Secrets.code();

  private Access(Users users, Path tokenFile, InstantSource clock, int cost) {
    this.users = users;
    this.tokenFile = tokenFile;
    this.passwords = new Passwords(cost);
    this.sessions = new Sessions(clock);
    this.throttle = new Throttle(clock);
  }

  /**
   * A user as others see one.
   *
   * @param user name
   * @param role what they may
   */
  public record Known(String user, Role role) {}

  /**
   * Reads the users and writes a new token.
   *
   * @param folder of the files
   * @param cost of a hash, as a binary logarithm
   * @throws IOException users cannot be read or make no sense, or the token cannot be written
   */
  public static Access open(Path folder, InstantSource clock, int cost) throws IOException {
    Files.createDirectories(folder);
    var users = Users.read(folder.resolve(USERS_FILE));
    var access = new Access(users, folder.resolve(TOKEN_FILE), clock, cost);
    PrivateFile.write(access.tokenFile, access.token.getBytes(StandardCharsets.UTF_8));
    return access;
  }

  /** Whether somebody claimed the console. */
  public boolean isClaimed() {
    return users.isAny();
  }

  /** The code that claims the console, while nobody has. */
  public Optional<String> oneTimeCode() {
    return isClaimed() ? Optional.empty() : Optional.of(code);
  }

  /** Who has this session or token; the token counts where both are there. */
  public Caller caller(Optional<String> session, Optional<String> bearer) {
    if (bearer.isPresent()) {
      return Secrets.same(bearer.get(), token)
          ? new Caller(Optional.of(LOCAL), Optional.of(Role.ADMIN), Optional.empty())
          : Caller.NOBODY;
    }
    if (!isClaimed()) {
      return Caller.PASSER_BY;
    }
    return session.flatMap(sessions::use).flatMap(this::caller).orElse(Caller.NOBODY);
  }

  private Optional<Caller> caller(Sessions.Session session) {
    return users
        .find(session.user())
        .map(
            user ->
                new Caller(
                    Optional.of(user.name()),
                    Optional.of(user.role()),
                    Optional.of(session.csrf())));
  }

  /**
   * Logs somebody in, and gives the secret of the session.
   *
   * @throws Denied wrong, or throttled
   */
  public String login(String user, String password, String address) throws Denied {
    return guarded(
        List.of("user " + user, "address " + address),
        () -> users.find(user),
        known -> passwords.isRight(password, known),
        () -> {
          LOG.info("console: {} logged in", user);
          return sessions.begin(user);
        },
        "wrong user or password");
  }

  /**
   * Claims the console: the first admin, who is logged in with it.
   *
   * @throws Denied wrong code, throttled, claimed already, or a name or password that cannot be
   */
  public String claim(String typed, String user, String password, String address) throws Denied {
    if (isClaimed()) {
      throw new Denied(Kind.CONFLICT, "the console is claimed already");
    }
    check(Users.problem(user));
    check(Passwords.problem(password));
    return guarded(
        List.of("address " + address),
        Optional::empty,
        _ -> Secrets.same(Secrets.plain(typed), Secrets.plain(code)),
        () -> {
          users.putFirst(new User(user, Role.ADMIN, passwords.hash(password)));
          LOG.info("console: claimed by {}", user);
          return sessions.begin(user);
        },
        "wrong code");
  }

  private interface Check {
    boolean isRight(Optional<User> user) throws Denied;
  }

  private interface Begin {
    String session() throws Denied;
  }

  /** Counts the try before it is checked, so that many at the same time count as many. */
  private String guarded(
      List<String> who, Supplier<Optional<User>> user, Check check, Begin begin, String otherwise)
      throws Denied {
    for (String one : who) {
      var left = throttle.left(one);
      if (!left.isZero()) {
        throw new Denied(Kind.THROTTLED, "too many wrong tries", atLeastASecond(left));
      }
    }
    who.forEach(throttle::tried);
    if (!check.isRight(user.get())) {
      throw new Denied(Kind.WRONG, otherwise);
    }
    who.forEach(throttle::right);
    return begin.session();
  }

  private static Duration atLeastASecond(Duration left) {
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  private static void check(Optional<String> problem) throws Denied {
    if (problem.isPresent()) {
      throw new Denied(Kind.INVALID, problem.get());
    }
  }

  /** Ends a session. */
  public void logout(String session) {
    sessions.end(session);
  }

  /** Everybody who may log in, by name. */
  public List<Known> users() {
    return users.all().stream().map(user -> new Known(user.name(), user.role())).toList();
  }

  /**
   * Adds a user or changes one, whose sessions end with another password.
   *
   * @param password new password; needed for a new user
   * @throws Denied name or password cannot be, or the last admin would be none
   */
  public void putUser(String name, Role role, Optional<String> password, String by) throws Denied {
    if (!isClaimed()) {
      throw new Denied(Kind.CONFLICT, "the console is not claimed yet: its first user claims it");
    }
    check(Users.problem(name));
    if (password.isPresent()) {
      check(Passwords.problem(password.get()));
    }
    var known = users.find(name);
    if (known.isEmpty() && password.isEmpty()) {
      throw new Denied(Kind.INVALID, "a new user needs a password");
    }
    var hash = password.isPresent() ? passwords.hash(password.get()) : known.orElseThrow().hash();
    users.put(new User(name, role, hash));
    if (password.isPresent()) {
      sessions.endAll(name);
    }
    LOG.info(
        "console: {} made {} a {}{}",
        by,
        name,
        role.word(),
        known.isPresent() && password.isPresent() ? " with a new password" : "");
  }

  /**
   * Removes a user, whose sessions end.
   *
   * @throws Denied there is no such user, or it is the last admin
   */
  public void removeUser(String name, String by) throws Denied {
    users.remove(name);
    sessions.endAll(name);
    LOG.info("console: {} removed {}", by, name);
  }

  /** How many are logged in. */
  public int sessions() {
    return sessions.count();
  }

  /** Removes the token. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(tokenFile);
    } catch (IOException e) {
      LOG.warn(
          "console: {} cannot be removed: {}; it opens nothing any more", tokenFile, e.toString());
    }
  }
}
