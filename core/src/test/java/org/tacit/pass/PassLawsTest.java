package org.tacit.pass;

class PassLawsTest implements PassLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(300);
  }
}
