package org.tacit.pass;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A table whose passes wait for each other, so that a lock held across one is found. */
public record MeetingTable(Table table, CyclicBarrier both) implements TableAround {
  @Override
  public List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description) {
    try {
      both.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new AssertionError("no other thread came to a pass: " + description, alone);
    }
    return table.run(tasks, beside, description);
  }
}
