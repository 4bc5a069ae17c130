package org.tacit.laws;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.implicit.RowRootLaws;
import org.tacit.pass.TableFactory;
import org.tacit.spark.SparkExtension;

@ExtendWith(SparkExtension.class)
class RowRootLawsOnSparkTest implements RowRootLaws {
  private final TableFactory tables;

  RowRootLawsOnSparkTest(JavaSparkContext context) {
    this.tables = new SparkTables(context);
  }

  @Override
  public TableFactory tables() {
    return tables;
  }
}
