package org.tacit.pass;

class KeepingLawsTest implements KeepingLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(300);
  }
}
