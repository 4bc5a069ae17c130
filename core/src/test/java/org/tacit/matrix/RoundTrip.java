package org.tacit.matrix;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Sends a value through Java serialisation and back. */
public final class RoundTrip {
  private RoundTrip() {}

  public static byte[] bytes(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException refused) {
      throw new AssertionError(value + " does not serialise", refused);
    }
    return bytes.toByteArray();
  }

  public static <T> T of(Class<T> type, T value) {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes(value)))) {
      return type.cast(in.readObject());
    } catch (IOException | ClassNotFoundException refused) {
      throw new AssertionError(value + " does not come back", refused);
    }
  }
}
