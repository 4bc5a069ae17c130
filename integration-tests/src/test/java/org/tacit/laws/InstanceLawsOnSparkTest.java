package org.tacit.laws;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.InstanceLaws;
import org.tacit.spark.SparkExtension;

@ExtendWith(SparkExtension.class)
class InstanceLawsOnSparkTest implements InstanceLaws {
  private final TableFactory tables;

  InstanceLawsOnSparkTest(JavaSparkContext context) {
    this.tables = new SparkTables(context);
  }

  @Override
  public TableFactory tables() {
    return tables;
  }
}
