package io.medtwin.console.api;

import io.medtwin.console.json.JsonWriter;
import io.medtwin.spi.Samples;
import io.medtwin.twin.keeper.Stretch;

/** A stretch of a waveform. Pure. */
public final class WaveJson {

  private WaveJson() {}

  /** One stretch. */
  public static byte[] of(Stretch stretch) {
    var raw = new int[stretch.raw().remaining()];
    stretch.raw().duplicate().get(raw);
    return JsonWriter.object(
        out ->
            out.number("number", stretch.number())
                .time("at", stretch.observedAt())
                .number("rate", stretch.ratePerSecond())
                .number("gain", stretch.gain())
                .number("offset", stretch.offset())
                .text("unit", stretch.unit())
                .wholes("raw", raw, Samples.MISSING));
  }
}
