package org.tacit.laws;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterOptimiserLaws;
import org.tacit.bilevel.OuterStopping;
import org.tacit.pass.TableFactory;
import org.tacit.spark.SparkExtension;

/** Of the optimisers that are chosen by themselves. */
@ExtendWith(SparkExtension.class)
class OuterLawsOnSparkTest {
  private final JavaSparkContext context;

  OuterLawsOnSparkTest(JavaSparkContext context) {
    this.context = context;
  }

  @Nested
  class ProjectedLbfgs implements OuterOptimiserLaws {
    @Override
    public OuterOptimiser optimiser(OuterStopping until) {
      return OuterOptimiser.projectedLbfgs(until);
    }

    @Override
    public TableFactory tables() {
      return new SparkTables(context);
    }
  }

  @Nested
  class TrustRegionNewton implements OuterOptimiserLaws {
    @Override
    public OuterOptimiser optimiser(OuterStopping until) {
      return OuterOptimiser.trustRegionNewton(until);
    }

    @Override
    public TableFactory tables() {
      return new SparkTables(context);
    }
  }
}
