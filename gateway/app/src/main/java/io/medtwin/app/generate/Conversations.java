package io.medtwin.app.generate;

import io.medtwin.twin.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which conversations a simulated device of a profile may play: those of the profile's folder that
 * were held under its settings, and if there are such, only those in which one device speaks. Their
 * form: README of {@code drivers/testkit}.
 */
public final class Conversations {

  private static final String ENDING = ".txt";
  private static final Pattern SET = Pattern.compile("set\\s+(\\S+)\\s+([^#]*).*");
  private static final Pattern SERIAL = Pattern.compile("^= .*identity .*SERIAL=\"([^\"]*)\"");

  private Conversations() {}

  /**
   * Their names, {@code nonin-oem3/format-2.txt}, in order; none where the folder is not there.
   *
   * @param folder holds a folder for each profile
   */
  public static List<String> of(Profile profile, Path folder) throws IOException {
    var own = folder.resolve(profile.id());
    if (!Files.isDirectory(own)) {
      return List.of();
    }
    List<Path> files;
    try (var all = Files.list(own)) {
      files = all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
    var held = new ArrayList<String>();
    var ofOneDevice = new ArrayList<String>();
    for (Path file : files) {
      var lines = Files.readAllLines(file);
      if (profile.settings().entrySet().containsAll(settings(lines).entrySet())) {
        var name = profile.id() + "/" + file.getFileName();
        held.add(name);
        if (serials(lines).size() <= 1) {
          ofOneDevice.add(name);
        }
      }
    }
    return ofOneDevice.isEmpty() ? held : ofOneDevice;
  }

  private static Map<String, String> settings(List<String> lines) {
    var settings = new LinkedHashMap<String, String>();
    for (String line : lines) {
      var set = SET.matcher(line.strip());
      if (set.matches()) {
        settings.put(set.group(1), set.group(2).strip());
      }
    }
    return settings;
  }

  private static Set<String> serials(List<String> lines) {
    var serials = new HashSet<String>();
    for (String line : lines) {
      var serial = SERIAL.matcher(line);
      if (serial.find()) {
        serials.add(serial.group(1));
      }
    }
    return serials;
  }
}
