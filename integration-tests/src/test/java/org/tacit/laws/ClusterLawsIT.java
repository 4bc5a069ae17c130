package org.tacit.laws;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.cluster.LocalCluster;
import org.tacit.pass.PassLaws;
import org.tacit.pass.RowValuesLaws;
import org.tacit.pass.StorageLaws;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.PrimitiveLaws;

/**
 * The laws of programs, passes and tables where executors are other processes. In a JVM of its own,
 * since one has one Spark session.
 */
class ClusterLawsIT {
  @TempDir private static Path folder;
  private static LocalCluster cluster;
  private static SparkSession session;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = LocalCluster.standalone(folder);
    session = cluster.session("laws");
  }

  @AfterAll
  static void stop() {
    session.stop();
    cluster.close();
  }

  private static TableFactory onCluster() {
    return new SparkTables(JavaSparkContext.fromSparkContext(session.sparkContext()));
  }

  @Nested
  class Passes implements PassLaws {
    @Override
    public TableFactory tables() {
      return onCluster();
    }
  }

  @Nested
  class RowValues implements RowValuesLaws {
    @Override
    public TableFactory tables() {
      return onCluster();
    }
  }

  @Nested
  class Storages implements StorageLaws {
    @Override
    public TableFactory tables() {
      return onCluster();
    }
  }

  @Nested
  class Primitives implements PrimitiveLaws {
    /**
     * Both executors have some of it; the others differ in what tiles do, which is the same there.
     */
    @Override
    public List<Cut> cuts() {
      return List.of(new Cut(1103, 7));
    }

    @Override
    public TableFactory tables() {
      return onCluster();
    }
  }
}
