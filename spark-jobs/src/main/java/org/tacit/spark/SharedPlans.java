package org.tacit.spark;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.tacit.pass.PassPlan;
import org.tacit.pass.PassTask;

/**
 * The plans that executors of one Spark context have, whichever tables they run over. Plans are
 * held weakly: when nobody can run one any more, its broadcast is destroyed.
 */
final class SharedPlans {
  private static final Map<SparkContext, SharedPlans> OF_CONTEXT = new WeakHashMap<>();

  private final Map<PassPlan, Entry> known = new WeakHashMap<>();
  private final Set<Entry> entries = new HashSet<>();
  private final ReferenceQueue<PassPlan> collected = new ReferenceQueue<>();

  static SharedPlans of(JavaSparkContext context) {
    synchronized (OF_CONTEXT) {
      return OF_CONTEXT.computeIfAbsent(context.sc(), c -> new SharedPlans());
    }
  }

  /** These tasks ready to travel; plans must stay reachable for as long as they are run. */
  SharedTasks share(JavaSparkContext context, List<PassTask> tasks) {
    List<SharedPlan> plans = tasks.stream().map(task -> shared(context, task.plan())).toList();
    return new SharedTasks(plans, SharedInputs.of(context, tasks), tasks);
  }

  private synchronized SharedPlan shared(JavaSparkContext context, PassPlan plan) {
    destroyCollected();
    return known.computeIfAbsent(plan, p -> enter(context, p)).shared;
  }

  private Entry enter(JavaSparkContext context, PassPlan plan) {
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

  /** The plans that executors have. */
  synchronized Set<Reference<PassPlan>> entries() {
    destroyCollected();
    return Set.copyOf(entries);
  }

  private static final class Entry extends WeakReference<PassPlan> {
    private final SharedPlan shared;

    Entry(PassPlan plan, SharedPlan shared, ReferenceQueue<PassPlan> collected) {
      super(plan, collected);
      this.shared = shared;
    }
  }
}
