package org.tacit.implicit;

import org.tacit.pass.TableFactory;

class RowIterationTest implements RowIterationLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(7);
  }
}
