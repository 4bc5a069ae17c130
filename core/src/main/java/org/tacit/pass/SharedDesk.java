package org.tacit.pass;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Many solves in shared passes. Each is an ordinary blocking method in a thread of its own; when
 * all that are left wait for a pass, what they want of one table leaves as one: programs that are
 * the same with all their instances side by side, others after another ({@link SharedPass}).
 *
 * <p>A solve's numbers are those that it has alone, to the rounding of wide products, and do not
 * depend on timing: solves are in the order they were given in, and each counts its own passes and
 * remembers its own sums. A solve that ends, fails, or whose thread is interrupted leaves the
 * others as they are: a NaN is met by whose it is, and after any other failure of a shared pass
 * each runs its part of it alone.
 *
 * <p>Cost: as many jobs as the solve with most passes, where all read one table.
 */
public final class SharedDesk {
  /** What the inputs and sums of one job may take: 256 MB. */
  public static final long BYTES = 256L << 20;

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "tacit-solve");
            thread.setDaemon(true);
            return thread;
          });

  private final Passes passes;
  private final long mostBytes;
  private final SortedMap<Integer, Ticket> waiting = new TreeMap<>();
  private int alive;
  private int running;
  private boolean isClosed;

  private SharedDesk(Passes passes, long mostBytes) {
    this.passes = passes;
    this.mostBytes = mostBytes;
  }

  /** How a solve ended: with its value, or with the exception that ended it. */
  public record Ended<T>(Optional<T> value, Optional<RuntimeException> failure) {
    private static <T> Ended<T> with(T value) {
      return new Ended<>(Optional.of(value), Optional.empty());
    }

    private static <T> Ended<T> by(RuntimeException failure) {
      return new Ended<>(Optional.empty(), Optional.of(failure));
    }

    /** The value; throws what ended the solve. */
    public T orThrow() {
      failure.ifPresent(
          failed -> {
            throw failed;
          });
      return value.orElseThrow();
    }
  }

  /** The same with {@link #BYTES} a job. */
  public static <T> List<Ended<T>> solveAll(Passes passes, List<Function<Passes, T>> solves) {
    return solveAll(passes, solves, BYTES);
  }

  /**
   * How each solve ends, in their order, on passes of its own over the tables of these, whose
   * ledger counts jobs. When the caller is interrupted, so are the solves, at their next pass.
   *
   * @param mostBytes what is wider goes by several jobs, one solve's many instances too
   */
  public static <T> List<Ended<T>> solveAll(
      Passes passes, List<Function<Passes, T>> solves, long mostBytes) {
    SharedDesk desk = new SharedDesk(passes, mostBytes);
    List<Solve<T>> all = new ArrayList<>();
    solves.forEach(solve -> all.add(desk.new Solve<>(all.size(), solve)));
    try {
      all.forEach(desk::start);
      desk.serve();
    } finally {
      desk.close(all);
    }
    all.forEach(solve -> passes.learn(solve.own));
    return all.stream().map(Solve::ended).toList();
  }

  /** Counted after its start, which may fail; what it does before adds up all the same. */
  private void start(Runnable solve) {
    THREADS.execute(solve);
    synchronized (this) {
      alive++;
      running++;
    }
  }

  /** On the caller's thread, until no solve is left. */
  private void serve() {
    try {
      for (Collection<Ticket> all = next(); !all.isEmpty(); all = next()) {
        Map<Table, List<Ticket>> byTable = new LinkedHashMap<>();
        for (Ticket ticket : all) {
          ticket
              .request
              .map(request -> byTable.computeIfAbsent(request.table(), t -> new ArrayList<>()))
              .ifPresentOrElse(same -> same.add(ticket), () -> serve(List.of(ticket)));
        }
        byTable.values().forEach(this::serveWithin);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted during solves that share passes", stopped);
    }
  }

  /** What all that are left wait for, in the order of the solves; nothing when none is left. */
  private synchronized Collection<Ticket> next() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    while (running > 0) {
      wait();
    }
    List<Ticket> all = List.copyOf(waiting.values());
    waiting.clear();
    return all;
  }

  /** As many at a time as {@code mostBytes} holds. */
  private void serveWithin(List<Ticket> all) {
    List<Ticket> next = new ArrayList<>();
    long bytes = 0;
    for (Ticket ticket : all) {
      long more = ticket.request.orElseThrow().bytes();
      if (!next.isEmpty() && bytes + more > mostBytes) {
        serve(next);
        next = new ArrayList<>();
        bytes = 0;
      }
      next.add(ticket);
      bytes += more;
    }
    serve(next);
  }

  private void serve(List<Ticket> some) {
    try {
      some.forEach(ticket -> ticket.errand.run());
      List<PassRequest> requests = some.stream().flatMap(t -> t.request.stream()).toList();
      Iterator<List<PassResult>> results = SharedPass.run(passes, requests, mostBytes).iterator();
      some.forEach(
          ticket -> answer(ticket, Ended.with(results.hasNext() ? results.next() : List.of())));
    } catch (RuntimeException failed) {
      if (some.size() == 1 || Thread.currentThread().isInterrupted()) {
        some.forEach(each -> answer(each, Ended.by(failed)));
      } else {
        some.forEach(each -> serve(List.of(each)));
      }
    }
  }

  private synchronized void answer(Ticket ticket, Ended<List<PassResult>> given) {
    if (ticket.answer.complete(given)) {
      running++;
    } else {
      given.value().ifPresent(PassResult::close);
    }
  }

  private synchronized void arrive(int number, Ticket ticket) {
    if (isClosed) {
      throw new IllegalStateException("Cancelled: the solves that it shares passes with are over");
    }
    waiting.put(number, ticket);
    pause();
  }

  private synchronized void withdraw(int number, Ticket ticket) {
    if (ticket.answer.cancel(false)) {
      waiting.remove(number);
      running++;
    } else {
      ticket.answer.join().value().ifPresent(PassResult::close);
    }
  }

  private synchronized void pause() {
    if (--running == 0) {
      notifyAll();
    }
  }

  private synchronized void leave() {
    alive--;
    pause();
  }

  /** Interrupts those that are left, and waits for their end. */
  private synchronized <T> void close(List<Solve<T>> all) {
    isClosed = true;
    all.forEach(solve -> solve.thread.ifPresent(Thread::interrupt));
    boolean isInterrupted = false;
    while (alive > 0) {
      try {
        wait();
      } catch (InterruptedException again) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a solve waits for: a pass that may be shared, or an errand of its own. */
  private record Ticket(
      Optional<PassRequest> request,
      Runnable errand,
      CompletableFuture<Ended<List<PassResult>>> answer) {}

  /** A solve with its thread, and its place at the desk. */
  private final class Solve<T> implements Desk, Runnable {
    private final int number;
    private final Passes own;
    private final FutureTask<T> task;
    private volatile Optional<Thread> thread = Optional.empty();

    Solve(int number, Function<Passes, T> solve) {
      this.number = number;
      this.own = passes.at(this);
      this.task = new FutureTask<>(() -> solve.apply(own));
    }

    @Override
    public void run() {
      is(Optional.of(Thread.currentThread()));
      try {
        task.run();
      } finally {
        is(Optional.empty());
        leave();
      }
    }

    private void is(Optional<Thread> now) {
      synchronized (SharedDesk.this) {
        thread = now;
      }
    }

    @Override
    public List<PassResult> run(PassRequest request) {
      return isElsewhere() ? passes.desk().run(request) : await(Optional.of(request), () -> {});
    }

    @Override
    public <E> E apart(Supplier<E> errand) {
      if (isElsewhere()) {
        return passes.desk().apart(errand);
      }
      AtomicReference<E> found = new AtomicReference<>();
      await(Optional.empty(), () -> found.set(passes.desk().apart(errand)));
      return found.get();
    }

    /** What a solve does in other threads than its own waits for nobody. */
    private boolean isElsewhere() {
      return !thread.equals(Optional.of(Thread.currentThread()));
    }

    private List<PassResult> await(Optional<PassRequest> request, Runnable errand) {
      if (Thread.currentThread().isInterrupted()) { // what it asked for would widen the others'
        throw interrupted(new InterruptedException());
      }
      Ticket ticket = new Ticket(request, errand, new CompletableFuture<>());
      arrive(number, ticket);
      try {
        return ticket.answer.get().orThrow();
      } catch (InterruptedException stopped) {
        withdraw(number, ticket);
        Thread.currentThread().interrupt();
        throw interrupted(stopped);
      } catch (ExecutionException never) {
        throw new IllegalStateException(never);
      }
    }

    private static IllegalStateException interrupted(InterruptedException stopped) {
      return new IllegalStateException("Interrupted during a pass", stopped);
    }

    /**
     * An Error is the caller's, as it would be of a solve alone. A checked exception, which Scala's
     * methods throw without a word, is the solve's own as any other.
     */
    Ended<T> ended() {
      try {
        return Ended.with(task.get());
      } catch (ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error error) {
          throw error;
        }
        return Ended.by(
            cause instanceof RuntimeException own
                ? own
                : new IllegalStateException("A solve failed: " + cause, cause));
      } catch (InterruptedException never) {
        throw new IllegalStateException(never);
      }
    }
  }
}
