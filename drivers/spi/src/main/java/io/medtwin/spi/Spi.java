package io.medtwin.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of this interface, {@code major.minor}. A minor one adds, a major one breaks. A plugin
 * names the one it was built against in the manifest of its jar ({@value #ATTRIBUTE}); a gateway
 * takes those of the same major and of no later minor version.
 */
public final class Spi {

  /** This one's. */
  public static final String VERSION = "1.0";

  /** Main attribute of a plugin jar's manifest. */
  public static final String ATTRIBUTE = "MedTwin-Spi-Version";

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  private Spi() {}

  /**
   * Whether a plugin that was built against a version runs on this one.
   *
   * @throws IllegalArgumentException it is no {@code major.minor}
   */
  public static boolean takes(String version) {
    Matcher theirs = parts(version);
    Matcher ours = parts(VERSION);
    return theirs.group(1).equals(ours.group(1))
        && Integer.parseInt(theirs.group(2)) <= Integer.parseInt(ours.group(2));
  }

  private static Matcher parts(String version) {
    Matcher parts = FORM.matcher(version);
    if (!parts.matches()) {
      throw new IllegalArgumentException("expected major.minor, got \"" + version + "\"");
    }
    return parts;
  }
}
