package org.tacit.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/** A number of a result with every digit. JSON has no NaN and no infinity: they are null. */
final class JsonNumber extends JsonSerializer<Double> {
  private static void write(double value, JsonGenerator json) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  @Override
  public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    write(value, json);
  }

  /** A number that may be missing: null then. */
  static final class OfOptional extends JsonSerializer<OptionalDouble> {
    @Override
    public void serialize(OptionalDouble value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      write(value.orElse(Double.NaN), json);
    }
  }

  /** A value that may be missing: null then. */
  @SuppressWarnings("rawtypes") // Jackson looks serialisers up by raw class
  static final class Maybe extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        provider.defaultSerializeValue(value.get(), json);
      } else {
        json.writeNull();
      }
    }
  }
}
