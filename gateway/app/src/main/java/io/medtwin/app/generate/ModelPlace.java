package io.medtwin.app.generate;

import io.medtwin.twin.profile.Profile;

/**
 * Where the models of one profile are, below a base URL and below a folder alike: {@code
 * models/<profile>/<version>/thing.tm.jsonld}, and one more for each feature.
 *
 * @param profile id of the profile
 * @param version version of the models
 */
public record ModelPlace(String profile, String version) {

  /** First part of every path. */
  public static final String ROOT = "models";

  /** Media type of a Thing Model (WoT Thing Description 1.1, section 10). */
  public static final String MEDIA_TYPE = "application/tm+json";

  /**
   * Version of what the gateway itself adds to every twin ({@code link}, {@code alerts}, the shape
   * of a value). A published model never changes, so whoever changes this layout counts up, and
   * every profile's models get a version of their own.
   */
  static final int LAYOUT = 1;

  /** Where the models of this profile are. */
  public static ModelPlace of(Profile profile) {
    return new ModelPlace(
        profile.id(), LAYOUT == 1 ? profile.version() : profile.version() + "-layout" + LAYOUT);
  }

  /** Folder of all of them, without slash at either end. */
  public String folder() {
    return ROOT + "/" + profile + "/" + version;
  }

  /** Path of the model of the thing. */
  public String thing() {
    return folder() + "/thing.tm.jsonld";
  }

  /** Path of the model of a feature. */
  public String feature(String feature) {
    return folder() + "/features/" + feature + ".tm.jsonld";
  }
}
