package org.tacit.laws;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.PrimitiveLaws;
import org.tacit.spark.SparkExtension;

@ExtendWith(SparkExtension.class)
class PrimitiveLawsOnSparkTest implements PrimitiveLaws {
  private final TableFactory tables;

  PrimitiveLawsOnSparkTest(JavaSparkContext context) {
    this.tables = new SparkTables(context);
  }

  @Override
  public TableFactory tables() {
    return tables;
  }
}
