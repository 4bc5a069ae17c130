package org.tacit.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag$;

/** Sends a value through a serialiser and back, as the wire would. */
public enum RoundTrip {
  JAVA {
    @Override
    SerializerInstance serializer() {
      return new JavaSerializer(new SparkConf(false)).newInstance();
    }
  },
  KRYO {
    @Override
    SerializerInstance serializer() {
      return new KryoSerializer(new SparkConf(false)).newInstance();
    }
  },
  /** Kryo refusing every class that nobody registered. */
  REGISTERED_KRYO {
    @Override
    SerializerInstance serializer() {
      SparkConf conf =
          new SparkConf(false)
              .set("spark.kryo.registrationRequired", "true")
              .set("spark.kryo.registrator", TacitRegistrator.class.getName());
      return new KryoSerializer(conf).newInstance();
    }
  };

  abstract SerializerInstance serializer();

  /** The value after the journey. */
  public <T> T of(T value) {
    SerializerInstance serializer = serializer();
    var tag = ClassTag$.MODULE$.<T>apply(value.getClass());
    return serializer.deserialize(serializer.serialize(value, tag), tag);
  }
}
