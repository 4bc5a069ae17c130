package org.tacit.spark;

import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Values as bytes of Java serialisation, whichever serialiser the application chose. */
final class JavaBytes {
  private JavaBytes() {}

  static <T> byte[] of(T value) {
    ClassTag<T> tag = ClassTag$.MODULE$.apply(value.getClass());
    ByteBuffer encoded = SparkEnv.get().closureSerializer().newInstance().serialize(value, tag);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  static <T> T decoded(byte[] bytes, Class<T> type) {
    ClassTag<T> tag = ClassTag$.MODULE$.apply(type);
    return SparkEnv.get()
        .closureSerializer()
        .newInstance()
        .deserialize(ByteBuffer.wrap(bytes), tag);
  }
}
