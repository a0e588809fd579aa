package io.medtwin.spi;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a gateway shows and checks before it runs a driver.
 *
 * @param id stable name used in configuration and profiles: lower case letters, digits, dashes
 *     ({@code alaris-asena})
 * @param version version of the driver, {@code major.minor.patch}
 * @param title device family in a few words, for people
 * @param links link kinds this driver can be given; never empty
 * @param settings what may be set for it, in the order they are shown; names are unique
 */
public record DriverDescriptor(
    String id, String version, String title, Set<LinkKind> links, List<Setting<?>> settings) {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

  public DriverDescriptor {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("driver id must match " + ID + ", got \"" + id + "\"");
    }
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          id + ": version must be major.minor.patch, got \"" + version + "\"");
    }
    links = Set.copyOf(links);
    settings = List.copyOf(settings);
    if (links.isEmpty()) {
      throw new IllegalArgumentException(id + ": a driver takes at least one kind of link");
    }
    if (settings.stream().map(Setting::name).distinct().count() != settings.size()) {
      throw new IllegalArgumentException(id + ": two settings share a name");
    }
  }
}
