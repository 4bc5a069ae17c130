package org.tacit.laws;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.pass.StorageLaws;
import org.tacit.pass.TableFactory;
import org.tacit.spark.SparkExtension;

@ExtendWith(SparkExtension.class)
class StorageLawsOnSparkTest implements StorageLaws {
  private final TableFactory tables;

  StorageLawsOnSparkTest(JavaSparkContext context) {
    this.tables = new SparkTables(context);
  }

  @Override
  public TableFactory tables() {
    return tables;
  }
}
