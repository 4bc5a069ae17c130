package org.tacit.primitive;

import org.tacit.pass.TableFactory;

class PrimitiveLawsTest implements PrimitiveLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(300);
  }
}
