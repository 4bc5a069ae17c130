package org.tacit.spark;

import com.esotericsoftware.kryo.Kryo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.serializer.KryoRegistrator;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;

/**
 * Tells Kryo the classes that Tacit sends, for applications that set {@code spark.kryo.registrator}
 * to this class; needed only with {@code spark.kryo.registrationRequired}.
 */
public final class TacitRegistrator implements KryoRegistrator {
  private static final List<Class<?>> SENT =
      List.of(
          Block.class,
          Block[].class,
          Column[].class,
          Matrix.class,
          Schema.class,
          Schema.Field.class,
          Storage.class,
          ArrayList.class,
          TreeMap.class,
          int[].class,
          long[].class,
          float[].class,
          double[].class,
          double[][].class,
          double[][][].class,
          Object[].class);

  /** Rows while they are read, which only their own package sees. */
  private static final List<String> READ =
      List.of("Run", "Survey", "Survey$Fault", "Origin", "Fingerprint", "FittedNames");

  @Override
  public void registerClasses(Kryo kryo) {
    SENT.forEach(kryo::register);
    Arrays.stream(Column.class.getPermittedSubclasses()).forEach(kryo::register);
    READ.forEach(name -> kryo.register(ofReading(name)));
  }

  private static Class<?> ofReading(String name) {
    try {
      return Class.forName("org.tacit.data." + name);
    } catch (ClassNotFoundException absent) {
      throw new IllegalStateException("No class " + name + " of reading", absent);
    }
  }
}
