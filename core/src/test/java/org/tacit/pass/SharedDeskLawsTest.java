package org.tacit.pass;

class SharedDeskLawsTest implements SharedDeskLaws {
  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(300);
  }
}
