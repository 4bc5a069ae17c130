package org.tacit.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one Spark session of their JVM: parameters of type {@link SparkSession}, {@link
 * JavaSparkContext} and {@link SparkJobs}. The session has two threads, no UI, talks to 127.0.0.1
 * only, and serialises by Kryo, which is harder to please than Java's own serialisation.
 */
public final class SparkExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    Class<?> type = parameter.getParameter().getType();
    return type == SparkSession.class || type == JavaSparkContext.class || type == SparkJobs.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    Shared shared =
        extension
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SparkExtension.class))
            .getOrComputeIfAbsent(Shared.class, missing -> new Shared(), Shared.class);
    Class<?> type = parameter.getParameter().getType();
    if (type == SparkSession.class) {
      return shared.session;
    }
    return type == SparkJobs.class
        ? shared.jobs
        : JavaSparkContext.fromSparkContext(shared.session.sparkContext());
  }

  private static final class Shared implements AutoCloseable {
    private final SparkSession session =
        SparkSession.builder()
            .appName("tacit tests")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.kryo.registrator", TacitRegistrator.class.getName())
            .getOrCreate();
    private final SparkJobs jobs = SparkJobs.of(session.sparkContext());

    @Override
    public void close() {
      session.stop();
    }
  }
}
