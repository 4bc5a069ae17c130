package org.tacit.spark;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.tacit.pass.PassPlan;
import org.tacit.pass.PassTask;

/**
 * The plans of one table that executors have. Plans are held weakly: when nobody can run one any
 * more, its broadcast is destroyed.
 */
final class SharedPlans implements AutoCloseable {
  private final JavaSparkContext context;
  private final Map<PassPlan, Entry> known = new WeakHashMap<>();
  private final Set<Entry> entries = new HashSet<>();
  private final ReferenceQueue<PassPlan> collected = new ReferenceQueue<>();

  SharedPlans(JavaSparkContext context) {
    this.context = context;
  }

  JavaSparkContext context() {
    return context;
  }

  /** These tasks ready to travel; plans must stay reachable for as long as they are run. */
  SharedTasks share(List<PassTask> tasks) {
    SharedPlan[] plans = tasks.stream().map(task -> shared(task.plan())).toArray(SharedPlan[]::new);
    int sumLength = 0;
    for (PassTask task : tasks) {
      for (int length : task.plan().sumLengths()) {
        sumLength = Math.addExact(sumLength, length);
      }
    }
    return new SharedTasks(plans, SharedInputs.of(context, tasks), sumLength);
  }

  private synchronized SharedPlan shared(PassPlan plan) {
    destroyCollected();
    return known.computeIfAbsent(plan, this::enter).shared;
  }

  private Entry enter(PassPlan plan) {
    Entry entry = new Entry(plan, SharedPlan.of(context, plan), collected);
    entries.add(entry);
    return entry;
  }

  private void destroyCollected() {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      if (entries.remove(gone)) {
        ((Entry) gone).shared.destroy();
      }
    }
  }

  /** How many plans executors have. */
  synchronized int size() {
    destroyCollected();
    return entries.size();
  }

  @Override
  public synchronized void close() {
    entries.forEach(entry -> entry.shared.destroy());
    entries.clear();
    known.clear();
  }

  private static final class Entry extends WeakReference<PassPlan> {
    private final SharedPlan shared;

    Entry(PassPlan plan, SharedPlan shared, ReferenceQueue<PassPlan> collected) {
      super(plan, collected);
      this.shared = shared;
    }
  }
}
