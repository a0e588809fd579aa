package io.medtwin.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A transcript, and what its protocol cannot give.
 *
 * @param folder where it lies; empty where one folder is all there is
 * @param transcript what is said
 * @param declarations those of its folder
 */
public record Conversation(String folder, Transcript transcript, Declarations declarations) {

  /** One of the only folder. */
  public Conversation(Transcript transcript, Declarations declarations) {
    this("", transcript, declarations);
  }

  /**
   * All of a folder, by name.
   *
   * @throws IllegalArgumentException a file is not of the form, or speaks of a transcript that is
   *     not there
   */
  public static List<Conversation> in(Path folder) throws IOException {
    var declarations = Declarations.read(folder);
    var name = String.valueOf(folder.getFileName());
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.filter(file -> isTranscript(file)).sorted().toList();
    }
    var conversations = new java.util.ArrayList<Conversation>();
    for (var file : files) {
      var fileName = String.valueOf(file.getFileName());
      var own = fileName.substring(0, fileName.length() - Transcript.FILE_ENDING.length());
      var transcript = Transcript.parse(own, Files.readString(file));
      conversations.add(new Conversation(name, transcript, declarations));
    }
    declarations.requireKnown(
        name, conversations.stream().map(one -> one.transcript().name()).toList());
    return List.copyOf(conversations);
  }

  private static boolean isTranscript(Path file) {
    return file.toString().endsWith(Transcript.FILE_ENDING);
  }

  /** Its name, with the folder where there are more. */
  public String name() {
    return folder.isEmpty() ? transcript.name() : folder + "/" + transcript.name();
  }

  /** Whether its protocol has this. */
  boolean has(Declarations.Feature feature) {
    return declarations.without(feature, transcript.name()).isEmpty();
  }

  byte[] noise() {
    return declarations.noise(transcript.name());
  }

  /** The same under settings of a profile, which those of the transcript replace. */
  public Conversation under(Map<String, String> settings) {
    var all = new LinkedHashMap<>(settings);
    all.putAll(transcript.settings());
    var other = new Transcript(transcript.name(), all, transcript.turns(), transcript.expected());
    return new Conversation(folder, other, declarations);
  }
}
