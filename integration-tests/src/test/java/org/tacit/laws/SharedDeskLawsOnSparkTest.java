package org.tacit.laws;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.pass.SharedDeskLaws;
import org.tacit.pass.TableFactory;
import org.tacit.spark.SparkExtension;

@ExtendWith(SparkExtension.class)
class SharedDeskLawsOnSparkTest implements SharedDeskLaws {
  private final TableFactory tables;

  SharedDeskLawsOnSparkTest(JavaSparkContext context) {
    this.tables = new SparkTables(context);
  }

  @Override
  public TableFactory tables() {
    return tables;
  }
}
