package org.tacit.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number of a result with every digit, or a value that may be missing. JSON has no NaN and no
 * infinity: they are null, as what is missing is.
 */
final class JsonNumber extends JsonSerializer<Object> {
  @Override
  public void serialize(Object value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    if (value instanceof Optional<?> maybe) {
      provider.defaultSerializeValue(maybe.orElse(null), json);
      return;
    }
    double number =
        value instanceof OptionalDouble maybe ? maybe.orElse(Double.NaN) : (Double) value;
    if (Double.isFinite(number)) {
      json.writeNumber(number);
    } else {
      json.writeNull();
    }
  }
}
