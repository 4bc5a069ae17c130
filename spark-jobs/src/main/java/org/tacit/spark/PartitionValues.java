package org.tacit.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * One value of each partition, in their order, in one job.
 *
 * <p>What {@code mapPartitionsWithIndex} and {@code collect} give, by functions that are plain
 * classes. Of a lambda in Scala, as those two have, Spark reads the byte code of the class it is
 * written in to find what it captures, at every call: most of the driver's work in a small pass.
 */
final class PartitionValues {
  private PartitionValues() {}

  /** What is asked of a partition, by its number and its elements. */
  @FunctionalInterface
  interface Question<T, R> extends Serializable {
    R ask(int partition, Iterator<T> elements);
  }

  static <T, R> List<R> of(JavaRDD<T> rdd, Question<T, R> question) {
    int count = rdd.getNumPartitions();
    List<Object> all = new ArrayList<>();
    for (int partition = 0; partition < count; partition++) {
      all.add(partition);
    }
    List<R> values = new ArrayList<>(Collections.nCopies(count, null));
    rdd.context()
        .runJob(
            rdd.rdd(),
            new Task<>(question),
            CollectionConverters.asScala(all).toSeq(),
            new Answer<>(values),
            ClassTag$.MODULE$.<R>apply(Object.class));
    return values;
  }

  /** In an executor. */
  private static final class Task<T, R>
      extends AbstractFunction2<TaskContext, scala.collection.Iterator<T>, R>
      implements Serializable {
    private static final long serialVersionUID = 1;

    private final Question<T, R> question;

    Task(Question<T, R> question) {
      this.question = question;
    }

    @Override
    public R apply(TaskContext context, scala.collection.Iterator<T> elements) {
      return question.ask(context.partitionId(), CollectionConverters.asJava(elements));
    }
  }

  /** In the driver. */
  private static final class Answer<R> extends AbstractFunction2<Object, R, BoxedUnit> {
    private final List<R> values;

    Answer(List<R> values) {
      this.values = values;
    }

    @Override
    public BoxedUnit apply(Object partition, R value) {
      values.set((int) partition, value);
      return BoxedUnit.UNIT;
    }
  }
}
