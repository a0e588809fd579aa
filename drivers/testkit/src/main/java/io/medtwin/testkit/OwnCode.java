package io.medtwin.testkit;

import io.medtwin.spi.Driver;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a driver's own code calls (D16): the classes that its class refers to, one by the other, as
 * far as they lie in the same jar or folder. Libraries of a plugin lie in jars of their own and are
 * not looked into. Nothing is run.
 */
final class OwnCode {

  /** Most classes looked into. */
  private static final int CLASSES_MAX = 5_000;

  /** Members that a driver has no business with: the class, a dot, the member. */
  private static final Pattern DOORS =
      Pattern.compile(
          "java\\.lang\\.System\\.(currentTimeMillis|nanoTime|out|err|in|exit|getenv|getLogger|console)"
              + "|java\\.lang\\.Thread\\.(start|sleep|<init>|ofVirtual|ofPlatform|startVirtualThread)"
              + "|java\\.lang\\.Object\\.wait|java\\.lang\\.Runtime\\.(exec|exit|halt)"
              + "|java\\.time\\.[A-Za-z]+\\.now|java\\.time\\.Clock\\.(system|tick).*"
              + "|java\\.time\\.InstantSource\\.system"
              + "|java\\.util\\.Date\\.<init>\\(\\)V|java\\.util\\.(Gregorian)?Calendar\\.(getInstance|<init>).*"
              + "|java\\.util\\.concurrent\\.TimeUnit\\.sleep"
              + "|java\\.util\\.concurrent\\.CompletableFuture\\..*Async"
              + "|java\\.util\\.concurrent\\.locks\\.LockSupport\\.park.*"
              + "|java\\.net\\.URL\\.(openConnection|openStream)"
              + "|java\\.util\\.(Collection\\.parallelStream|stream\\.[A-Za-z]*Stream\\.parallel)");

  /** Classes that a driver has no business with. */
  private static final Pattern ROOMS =
      Pattern.compile(
          "java\\.util\\.(Timer|TimerTask|logging\\..*)"
              + "|java\\.util\\.concurrent\\.(Executors|ThreadPoolExecutor|ForkJoinPool"
              + "|ScheduledThreadPoolExecutor|StructuredTaskScope)"
              + "|java\\.io\\.(File|File(In|Out)putStream|FileReader|FileWriter|RandomAccessFile)"
              + "|java\\.nio\\.file\\.(Files|FileSystems)"
              + "|java\\.nio\\.channels\\..*"
              + "|java\\.net\\.(Socket|ServerSocket|DatagramSocket|MulticastSocket|InetAddress"
              + "|HttpURLConnection|URLConnection|http\\..*)"
              + "|java\\.lang\\.(ProcessBuilder|System\\$Logger)"
              + "|(org\\.slf4j|org\\.apache\\.(logging|log4j|commons\\.logging))\\..*");

  private final Subject subject;
  private final Class<?> root;
  private final String home;
  private final Set<String> seen = new HashSet<>();
  private final ArrayDeque<String> ahead = new ArrayDeque<>();
  private final Set<String> allowed = new LinkedHashSet<>();
  private final Set<String> found = new LinkedHashSet<>();

  private OwnCode(Subject subject, Class<? extends Driver> root) {
    this.subject = subject;
    this.root = root;
    home = home(root.getName());
  }

  /** D16; what was allowed, and why. */
  static String requireNoDoors(Subject subject) {
    var code = new OwnCode(subject, subject.maker().get().getClass());
    code.look();
    if (!code.found.isEmpty()) {
      throw new RuleBroken(
          Rule.D16,
          "",
          "",
          String.join("; ", code.found.stream().limit(10).toList())
              + "; a wait is a wait on the link, what is to be told goes to the session");
    }
    return String.join("; ", code.allowed);
  }

  private void look() {
    ahead.add(root.getName());
    seen.add(root.getName());
    while (!ahead.isEmpty() && seen.size() < CLASSES_MAX) {
      var name = ahead.remove();
      var resource = resource(name);
      if (resource != null) {
        try (var bytes = resource.openStream()) {
          new ClassReader(bytes)
              .accept(new Looker(name), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
          throw new IllegalStateException("cannot read " + resource, e);
        }
      }
    }
  }

  private void meets(String user, String type, String member, String descriptor) {
    if (!type.startsWith("java.") && seen.add(type)) {
      if (home(type).equals(home)) {
        ahead.add(type);
      }
    }
    var used = type + "." + member;
    boolean isDoor =
        ROOMS.matcher(type).matches()
            || (!member.isEmpty()
                && (DOORS.matcher(used).matches() || DOORS.matcher(used + descriptor).matches()));
    if (isDoor && !mayUse(type, member, user)) {
      found.add(user + " uses " + (member.isEmpty() ? type : used));
    }
  }

  private boolean mayUse(String type, String member, String user) {
    for (var conversation : subject.conversations()) {
      var statement = conversation.declarations().mayUse(type, member, user);
      if (statement.isPresent()) {
        allowed.add(statement.get().value() + ": " + statement.get().reason());
        return true;
      }
    }
    return false;
  }

  /** Where a class lies, without its own name; empty for one that is not found. */
  private String home(String type) {
    var resource = resource(type);
    if (resource == null) {
      return "";
    }
    var place = resource.toString();
    return place.substring(0, place.length() - file(type).length());
  }

  private @Nullable URL resource(String type) {
    return loader().getResource(file(type));
  }

  private ClassLoader loader() {
    var loader = root.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  private static String file(String type) {
    return type.replace('.', '/') + ".class";
  }

  /** Goes through one class. */
  private final class Looker extends ClassVisitor {
    private final String user;

    Looker(String user) {
      super(Opcodes.ASM9);
      this.user = user;
    }

    private void type(@Nullable Type type) {
      if (type == null) {
        return;
      }
      if (type.getSort() == Type.ARRAY) {
        type(type.getElementType());
      } else if (type.getSort() == Type.OBJECT) {
        meets(user, type.getClassName(), "", "");
      }
    }

    private void name(@Nullable String internalName) {
      if (internalName != null) {
        type(Type.getObjectType(internalName));
      }
    }

    private void member(String owner, String member, String descriptor) {
      var type = Type.getObjectType(owner);
      if (type.getSort() == Type.OBJECT) {
        meets(user, type.getClassName(), member, descriptor);
      }
    }

    @Override
    public void visit(
        int version,
        int access,
        String self,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      name(superName);
      if (interfaces != null) {
        for (var one : interfaces) {
          name(one);
        }
      }
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String self,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      type(Type.getType(descriptor));
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String self,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String called2, boolean ofInterface) {
          member(owner, called, called2);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          member(owner, field, "");
        }

        @Override
        public void visitTypeInsn(int opcode, String other) {
          name(other);
        }

        @Override
        public void visitLdcInsn(Object value) {
          if (value instanceof Type constant) {
            type(constant);
          }
        }

        @Override
        public void visitInvokeDynamicInsn(
            String called, String type, Handle bootstrap, Object... arguments) {
          for (var argument : arguments) {
            if (argument instanceof Handle handle) {
              member(handle.getOwner(), handle.getName(), handle.getDesc());
            }
          }
        }
      };
    }
  }
}
