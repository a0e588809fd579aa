package io.medtwin.console.access;

import io.medtwin.console.json.JsonFields;
import io.medtwin.console.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Everybody who may log in, and the file they are in. Any thread; each change is on disk first. */
final class Users {

  /** Most users. */
  static final int MOST = 100;

  private static final long MOST_BYTES = 256 * 1024;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
  private static final Pattern HASH = Pattern.compile("\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}");

  private final Path file;
  private Map<String, User> users;

  private Users(Path file, Map<String, User> users) {
    this.file = file;
    this.users = users;
  }

  /**
   * Reads the file; where there is none, nobody may log in yet.
   *
   * @throws IOException it cannot be read, or makes no sense: better no console than an open one
   */
  static Users read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Users(file, Map.of());
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + ": a file of users has at most " + MOST_BYTES + " bytes");
    }
    var users = new TreeMap<String, User>();
    try {
      for (JsonFields fields : JsonFields.list(Files.readAllBytes(file), "users")) {
        var user = user(fields);
        if (users.put(user.name(), user) != null) {
          throw new IOException("user " + user.name() + " is there twice");
        }
      }
      if (users.values().stream().noneMatch(user -> user.role() == Role.ADMIN)) {
        throw new IOException("no user is an admin");
      }
    } catch (IOException e) {
      throw new IOException(
          file
              + ": "
              + e.getMessage()
              + "; repair it, or remove it to claim the console anew with a one-time code",
          e);
    }
    return new Users(file, Collections.unmodifiableMap(users));
  }

  private static User user(JsonFields fields) throws IOException {
    var name = fields.text("user").filter(text -> NAME.matcher(text).matches());
    var role = fields.text("role").flatMap(Role::of);
    var hash = fields.text("bcrypt").filter(text -> HASH.matcher(text).matches());
    if (name.isEmpty() || role.isEmpty() || hash.isEmpty()) {
      throw new IOException("each user has \"user\", \"role\" and \"bcrypt\"");
    }
    return new User(name.get(), role.get(), hash.get());
  }

  /** What is wrong with a name, where something is. */
  static Optional<String> problem(String name) {
    if (name.equals(Access.LOCAL)) {
      return Optional.of("the name \"" + Access.LOCAL + "\" is that of this machine's token");
    }
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "a user's name has 1 to 64 lower case letters, digits, dots, dashes, _ or @, and begins"
                + " with a letter or digit");
  }

  /** Whether somebody may log in. */
  synchronized boolean isAny() {
    return !users.isEmpty();
  }

  /** A user. */
  synchronized Optional<User> find(String name) {
    return Optional.ofNullable(users.get(name));
  }

  /** All, by name. */
  synchronized List<User> all() {
    return List.copyOf(users.values());
  }

  /** Adds or changes a user. */
  synchronized void put(User user) throws Denied {
    var next = new TreeMap<>(users);
    next.put(user.name(), user);
    if (next.size() > MOST) {
      throw new Denied(Denied.Kind.CONFLICT, "there are " + MOST + " users already");
    }
    replace(next);
  }

  /** Adds the first user; only one comes first. */
  synchronized void putFirst(User user) throws Denied {
    if (isAny()) {
      throw new Denied(Denied.Kind.CONFLICT, "the console is claimed already");
    }
    put(user);
  }

  /** Removes a user. */
  synchronized void remove(String name) throws Denied {
    if (!users.containsKey(name)) {
      throw new Denied(Denied.Kind.NOT_FOUND, "there is no such user");
    }
    var next = new TreeMap<>(users);
    next.remove(name);
    replace(next);
  }

  private void replace(Map<String, User> next) throws Denied {
    if (next.values().stream().noneMatch(user -> user.role() == Role.ADMIN)) {
      throw new Denied(Denied.Kind.CONFLICT, "the last admin stays an admin");
    }
    try {
      PrivateFile.write(file, json(next));
    } catch (IOException e) {
      throw new Denied(Denied.Kind.FAILED, "the file of users cannot be written: " + e);
    }
    users = Collections.unmodifiableMap(next);
  }

  private static byte[] json(Map<String, User> users) {
    return JsonWriter.object(
        out ->
            out.list(
                "users",
                users.values(),
                (each, user) ->
                    each.text("user", user.name())
                        .text("role", user.role().word())
                        .text("bcrypt", user.hash())));
  }
}
