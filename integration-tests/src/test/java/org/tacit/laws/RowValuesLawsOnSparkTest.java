package org.tacit.laws;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.pass.RowValuesLaws;
import org.tacit.pass.TableFactory;
import org.tacit.spark.SparkExtension;

@ExtendWith(SparkExtension.class)
class RowValuesLawsOnSparkTest implements RowValuesLaws {
  private final TableFactory tables;

  RowValuesLawsOnSparkTest(JavaSparkContext context) {
    this.tables = new SparkTables(context);
  }

  @Override
  public TableFactory tables() {
    return tables;
  }
}
