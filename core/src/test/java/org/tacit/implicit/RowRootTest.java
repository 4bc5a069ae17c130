package org.tacit.implicit;

import org.tacit.pass.TableFactory;

class RowRootTest implements RowRootLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(7);
  }
}
