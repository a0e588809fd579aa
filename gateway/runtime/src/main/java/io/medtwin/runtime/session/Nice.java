package io.medtwin.runtime.session;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a thread that cannot be ended the least share of the processor, so that one that spins
 * takes next to nothing from the others ({@code setpriority(2)}, Linux: of one thread). Elsewhere
 * it does nothing.
 */
final class Nice {

  private static final Logger LOG = LoggerFactory.getLogger(Nice.class);
  private static final Path SELF = Path.of("/proc/thread-self");
  private static final int PRIO_PROCESS = 0;
  private static final int LEAST = 19;

  private Nice() {}

  /** The system's number of the current thread; 0 where there is none to be had. */
  static int current() {
    try {
      return Integer.parseInt(Files.readSymbolicLink(SELF).getFileName().toString());
    } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
      return 0;
    }
  }

  /** Gives the thread of that number the least share. */
  static void least(int thread) {
    if (thread == 0) {
      return;
    }
    try {
      var linker = Linker.nativeLinker();
      var setPriority =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT));
      int result = (int) setPriority.invokeExact(PRIO_PROCESS, thread, LEAST);
      if (result != 0) {
        LOG.warn("thread {} keeps its share of the processor", thread);
      }
    } catch (Throwable e) { // what invokeExact declares
      if (e instanceof VirtualMachineError dead) {
        throw dead;
      }
      LOG.warn("thread {} keeps its share of the processor", thread, e);
    }
  }
}
