package io.medtwin.runtime.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * One plugin's classes. The parent is the JDK's platform loader; of the gateway only the SPI and
 * JSpecify are let through, so a plugin can bring any library in any version and sees nothing else
 * of ours.
 */
final class PluginClassLoader extends URLClassLoader {

  static {
    ClassLoader.registerAsParallelCapable();
  }

  private final ClassLoader gateway;

  PluginClassLoader(String plugin, URL[] jars, ClassLoader gateway) {
    super("plugin-" + plugin, jars, ClassLoader.getPlatformClassLoader());
    this.gateway = gateway;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (isShared(name)) {
      return gateway.loadClass(name);
    }
    return super.loadClass(name, resolve);
  }

  private static boolean isShared(String name) {
    boolean spi =
        name.startsWith("io.medtwin.spi.") && !name.startsWith("io.medtwin.spi.transport.");
    return spi || name.startsWith("org.jspecify.annotations.");
  }
}
