package org.tacit.implicit;

import org.tacit.pass.TableFactory;

class SolverGradientLawsTest implements SolverGradientLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(20);
  }
}
