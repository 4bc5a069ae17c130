package org.tacit.laws;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.pass.KeepingLaws;
import org.tacit.pass.TableFactory;
import org.tacit.spark.SparkExtension;

@ExtendWith(SparkExtension.class)
class KeepingLawsOnSparkTest implements KeepingLaws {
  private final TableFactory tables;

  KeepingLawsOnSparkTest(JavaSparkContext context) {
    this.tables = new SparkTables(context);
  }

  @Override
  public TableFactory tables() {
    return tables;
  }
}
