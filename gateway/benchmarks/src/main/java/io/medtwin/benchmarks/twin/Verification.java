package io.medtwin.benchmarks.twin;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;

/** Whether what the endpoint holds is what was sent, feature by feature. */
public final class Verification {

  private static final int THINGS_A_REQUEST = 40;
  private static final double TOLERANCE = 1e-6;

  /** Property and what of the message's number it tells. */
  private static final Map<JsonPointer, Double> PROPERTIES =
      Map.of(
          JsonPointer.of("features/heart/properties/heartRate"), 1.0,
          JsonPointer.of("features/spo2/properties/saturation"), 1.0,
          JsonPointer.of("features/temp-1/properties/temperature"), 0.1);

  private Verification() {}

  /**
   * Reads every twin over HTTP.
   *
   * @param expected number of the last message, by thing; 0: none was sent
   * @return how many properties are wrong or missing
   */
  public static int wrong(URI endpoint, Map<String, Long> expected)
      throws IOException, InterruptedException {
    int wrong = 0;
    var ids = List.copyOf(expected.keySet());
    try (var http = HttpClient.newHttpClient()) {
      for (int from = 0; from < ids.size(); from += THINGS_A_REQUEST) {
        var some = ids.subList(from, Math.min(ids.size(), from + THINGS_A_REQUEST));
        JsonArray things = read(http, endpoint, some);
        for (String id : some) {
          long number = expected.getOrDefault(id, 0L);
          if (number == 0) {
            continue;
          }
          wrong +=
              things.stream()
                  .map(JsonValue::asObject)
                  .filter(
                      thing ->
                          thing.getValue("thingId").map(JsonValue::asString).orElse("").equals(id))
                  .findFirst()
                  .map(thing -> wrong(thing, number))
                  .orElse(PROPERTIES.size());
        }
      }
    }
    return wrong;
  }

  /** Commands that the endpoint counts for one reading of so many things. */
  public static int requests(int things) {
    return (things + THINGS_A_REQUEST - 1) / THINGS_A_REQUEST;
  }

  /** How many properties of a twin do not tell the message. Pure. */
  static int wrong(JsonObject thing, long number) {
    int wrong = 0;
    for (var property : PROPERTIES.entrySet()) {
      double expected = number * property.getValue();
      boolean right =
          thing
              .getValue(property.getKey().addLeaf(org.eclipse.ditto.json.JsonKey.of("value")))
              .filter(JsonValue::isNumber)
              .map(value -> Math.abs(value.asDouble() - expected) < TOLERANCE * Math.max(1, number))
              .orElse(false);
      if (!right) {
        wrong++;
      }
    }
    return wrong;
  }

  private static JsonArray read(HttpClient http, URI endpoint, List<String> ids)
      throws IOException, InterruptedException {
    var query = URLEncoder.encode(String.join(",", ids), StandardCharsets.UTF_8);
    var login = Base64.getEncoder().encodeToString("ditto:ditto".getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/api/2/things?ids=" + query))
            .header("Authorization", "Basic " + login)
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the endpoint answers " + answer.statusCode());
    }
    return JsonFactory.newArray(answer.body());
  }
}
