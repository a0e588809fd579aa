package io.medtwin.runtime.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads that a driver started and left behind: platform threads, which are of the group of the
 * thread that started them, with code of a plugin on their stack. Virtual threads have no group and
 * are not seen.
 */
final class ThreadsLeft {

  /** Most threads of one session that are looked at. */
  private static final int MOST = 64;

  private static final Duration A_MOMENT = Duration.ofMillis(100);
  private static final String PLUGIN = "plugin-";

  private ThreadsLeft() {}

  /** Interrupts those of a group, and tells their names. */
  static List<String> interrupt(ThreadGroup group) {
    var all = new Thread[MOST];
    int count = group.enumerate(all, true);
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var thread = all[i];
      if (thread != null && thread != Thread.currentThread() && isOfPlugin(thread)) {
        names.add(thread.getName());
        thread.interrupt();
      }
    }
    return names;
  }

  private static boolean isOfPlugin(Thread thread) {
    if (hasPluginOnStack(thread)) {
      return true;
    }
    try { // one that was started a moment ago has not come to its code yet
      return !thread.join(A_MOMENT) && hasPluginOnStack(thread);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the session is to stop
      return false;
    }
  }

  private static boolean hasPluginOnStack(Thread thread) {
    for (var frame : thread.getStackTrace()) {
      var loader = frame.getClassLoaderName();
      if (loader != null && loader.startsWith(PLUGIN)) {
        return true;
      }
    }
    return false;
  }
}
