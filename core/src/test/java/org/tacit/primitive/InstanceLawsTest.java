package org.tacit.primitive;

import org.tacit.pass.TableFactory;

class InstanceLawsTest implements InstanceLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(300);
  }
}
