package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.spark.SparkExtension;

/**
 * A table of bad inputs: each is refused with exit code 2, and its message names the configuration
 * and everything in the table's last column: the offender, the bound, the remedy.
 */
@ExtendWith(SparkExtension.class)
class BadInputTableTest {
  private static final String CONF =
      """
      data {
        path = a.csv
        label = y
        split { modulo = 3, train = [0, 1], validation = 2 }
      }
      model { loss = logistic }
      theta = -2
      engine = in-process
      """;
  private static final String[] GOOD = {
    "a,b,y", "1,2,1", "2,-1,-1", "0.5,1,1", "-1,1,1", "2,0.5,-1", "3,1,1"
  };
  private static final String SVM = "data={format=libsvm,path=a.csv,split=" + "{fraction=0.5}}";

  @TempDir private Path folder;

  @BeforeEach
  void take(SparkSession sharedByTheJobs) {
    assertThat(sharedByTheJobs.sparkContext().isStopped()).isFalse();
  }

  /** An input: the lines of a.csv, overrides, the job, and what its message must say. */
  private record Bad(
      List<String> lines, List<String> settings, String job, List<String> fragments) {
    Bad with(String... more) {
      return new Bad(lines, List.of(more), job, fragments);
    }

    Bad tuned() {
      return new Bad(lines, settings, "tune", fragments);
    }

    Bad says(String... said) {
      return new Bad(lines, settings, job, List.of(said));
    }

    @Override
    public String toString() {
      String shown = settings + " " + lines.stream().limit(3).toList();
      return shown.substring(0, Math.min(100, shown.length()));
    }
  }

  private static Bad lines(String... lines) {
    return new Bad(List.of(lines), List.of(), "solve", List.of());
  }

  private static Bad set(String... settings) {
    return lines(GOOD).with(settings);
  }

  /** The good rows with these before them. */
  private static Bad rows(String... bad) {
    List<String> lines = new ArrayList<>(List.of(GOOD[0]));
    lines.addAll(List.of(bad));
    lines.addAll(List.of(GOOD).subList(1, GOOD.length));
    return new Bad(lines, List.of(), "solve", List.of());
  }

  static Stream<Bad> theta() {
    return Stream.of(
        set("theta=NaN").says("Invalid theta: NaN", "a finite number"),
        set("theta=[1,NaN]").says("Invalid theta", "number 2 is NaN"),
        set("theta=[Infinity]").says("Invalid theta: [Infinity]", "must be a finite number"),
        set("theta=-Infinity").says("Invalid theta", "must be a finite number"),
        set("theta=710").says("Invalid theta: 710.0", "exp(theta) overflows", "<= 709"),
        set("theta=[800,-2]", "model.per=feature")
            .says("Invalid theta: 800.0 for feature a", "exp(theta) overflows", "<= 709"),
        set("theta=[-2,-2,-2,1e3]", "model={loss=logistic,per=feature,penalty=elastic-net}")
            .says("Invalid theta: 1000.0 for feature b, l2 penalty", "<= 709"),
        set("theta=[-2,800]", "model={loss=logistic,per=group,groups=[0,1]}")
            .says("Invalid theta: 800.0 for group 1", "<= 709"),
        set("theta=[1,2,3]", "model.per=feature")
            .says("3 values", "must be 2, one for each feature"),
        set("theta=[1,2]").says("2 values", "must be 1, since model.per = all"),
        set("theta=[]").says("Invalid theta: []", "a finite number, or a list of them"),
        set("theta=-30").tuned().says("-30.0", "outer.bounds = [-20.0, 10.0]", "set outer.bounds"),
        set("theta=4", "outer.bounds=[-3,3]")
            .tuned()
            .says("Invalid theta: 4.0", "outer.bounds = [-3.0, 3.0]"),
        set("outer.bounds={low=[-1,-2],high=[1,2]}", "theta=0")
            .tuned()
            .says("Invalid outer.bounds: 2 intervals", "one for each theta"),
        set("outer.prior=-1").says("outer.prior: -1", "a number >= 0, or a list of them"),
        set("outer.prior=[]").says("outer.prior: []", "a number >= 0, or a list of them"),
        set("outer.prior=[0,Infinity]").says("outer.prior", "a number >= 0, or a list of them"),
        set("outer.prior=1").tuned().says("outer.prior", "nothing to shrink", "model.per"),
        set("outer.prior=[0,1]", "folds={hold-out=0.4}", "model.per=feature")
            .tuned()
            .says("outer.prior: 2 strengths", "folds.hold-out", "one strength"),
        set("outer.prior=[0,1]", "model.per=feature")
            .tuned()
            .says("cannot choose a prior", "holds out no row", "more validation rows"),
        set("outer.choose=best").says("outer.choose: best", "unless outer.prior has several"),
        set("outer.prior=[0,1]", "outer.choose=worst")
            .says("outer.choose: worst", "best", "one-standard-error"),
        set("outer.early-stopping=0").says("outer.early-stopping: 0", "an integer >= 1"),
        set("outer.early-stopping={patience=0.5}")
            .says("outer.early-stopping.patience: 0.5", "an integer >= 1"),
        set("outer.early-stopping={fraction=1}")
            .says("outer.early-stopping.fraction: 1", "> 0 and < 1"),
        set("outer.early-stopping={rounds=3}")
            .says("Unknown key outer.early-stopping.rounds", "patience"),
        set("outer.early-stopping={fraction=1e-9}")
            .tuned()
            .says("cannot keep rows", "holds out no row", "outer.early-stopping.fraction"),
        set("outer.early-stopping={fraction=1e-9}", "folds=2")
            .tuned()
            .says("cannot keep rows", "the reserve of fold 0 holds out no row", "more rows"),
        set("outer.early-stopping=3", "folds={column=a}")
            .tuned()
            .says("outer.early-stopping with folds.column", "must be left out, or folds"),
        set(
                "outer.early-stopping={fraction=0.4}",
                "outer.loss=auc",
                "data.split={modulo=2,train=[1],validation=[0]}")
            .tuned()
            .says("no row of", "the validation rows that", "stop tuning", "give more rows"),
        set("outer.starts=0").says("outer.starts: 0", "an integer >= 1"),
        set("outer.starts=[]").says("outer.starts: []", "how many starts"),
        set("outer.starts=[-2,800]").says("outer.starts", "within -709 and 709"),
        set("outer.starts=[-2,-30]")
            .tuned()
            .says("Invalid outer.starts: -30.0", "outer.bounds = [-20.0, 10.0]"),
        set("outer.starts=[[-2,1,1]]").tuned().says("in outer.starts", "3 values", "must be 1"),
        set("outer.starts=12", "outer.bounds=[-4,2]")
            .tuned()
            .says("Invalid outer.starts: 12", "must be at most 4", "widen outer.bounds"),
        set("outer.halve-after=2").says("outer.halve-after: 2", "unless there are outer.starts"),
        set("outer.starts=2", "outer.halve-after=-1").says("outer.halve-after: -1", ">= 0"),
        set("outer.bounds={low=[-1],high=[1,2]}").says("outer.bounds", "low <= high"),
        set("outer.bounds=[]").says("outer.bounds: []", "low <= high", "-709 and 709"),
        set("outer.bounds=[-1,800]").says("outer.bounds: [-1, 800]", "-709 and 709"),
        set("outer.bounds=[-Infinity,3]").says("outer.bounds", "-709 and 709"),
        set("outer.grid={from=-2,to=900}").says("outer.grid.to: 900", "<= 709"),
        set("outer.grid={points=1000000000}").says("outer.grid.points", ">= 2 and <= 10000"));
  }

  static Stream<Bad> settings() {
    return Stream.of(
        set("inner.method=fista")
            .says("inner.method: fista", "model.penalty = l2", "newton", "lbfgs"),
        set("inner.method=newton", "model.penalty=l1")
            .says("inner.method: newton", "model.penalty = l1", "proximal-newton", "fista"),
        set("inner.method=sgd").says("inner.method: sgd", "one of auto | newton"),
        set("inner.max-iterations=3000000000").says(">= 1 and <= 2147483647"),
        set("data.partitions=1000000000").says("data.partitions", ">= 1 and <= 100000"),
        set("data.split.modulo=2000000000").says("data.split.modulo", "<= 1000000"),
        set("data.split.train=[]").says("data.split.train: []", "one remainder or more"),
        set("data.features=[]").says("data.features: []", "one column or more"),
        set("data.separator=ab").says("data.separator: ab", "tab, space, or one character"),
        set("data.separator=1").says("data.separator: 1", "numbers do not have"),
        set("data.format=parquet", "data.separator=tab").says("data.separator", "only CSV files"),
        set("data.classes=3").says("data.classes: 3", "loss logistic has no classes"),
        set("model.groups=[0,1]").says("model.groups", "left out unless model.per = group"),
        set("model.per=group", "model.groups=[0,2]")
            .says("model.groups: [0, 2]", "no feature is in group 1"),
        set("model.per=group", "model.groups=[0,2000000000]").says("no feature is in group 1"),
        set("model.per=group", "model.groups=[]").says("model.groups: []", "group of each feature"),
        set("model.per=group", "model.groups=[0,0,1]").says("3 entries", "must be 2"),
        set("model.per=class").says("class", "loss logistic", "all, feature or group"),
        set("data.exclude=[b]", "data.features=[a]").says("data.exclude", "beside data.features"),
        set("data.path=none.csv").says("Missing file: none.csv", "looked for at", "and file:"),
        set("data.folder=nowhere").says("Missing file: a.csv", "nowhere/a.csv"),
        set("data.path=\"*.csv\"").says("*.csv", "patterns are not read"),
        set("data.path=\"a:b\"").says("a:b", "must be the path of a file or folder"),
        set("data.path=\"nope://host/a.csv\"").says("nope://host/a.csv", "must be the path"),
        set("outer.loss=poisson").says("outer.loss: poisson", "model.loss = logistic"));
  }

  static Stream<Bad> columns() {
    return Stream.of(
        set("data.label=z").says("Missing column: z", "one of a, b, y", "set data.label"),
        set("data.exclude=[q]").says("Missing column: q", "set data.exclude"),
        set("data.features=[a,y]").says("Column in two roles: y", "data.label and data.features"),
        set("data.features=[a,a]").says("Column twice in data.features: a"),
        set("data.weight=b", "data.features=[a,b]").says("b in data.weight and data.features"),
        set("data.keys=[b]", "data.features=[a,b]").says("b in data.keys and data.features"),
        set("data.weight=y").says("y in data.label and data.weight"),
        set("data.exclude=[y]").says("y in data.label and data.exclude"),
        set("data.exclude=[a,b]").says("No feature columns", "must have one or more"),
        lines("a;b;y", "1;2;1", "2;1;-1").says("data.separator = \";\"", "a.csv", "y"),
        lines("a\tb\ty", "1\t2\t1").says("data.separator = tab"),
        lines("a|b|y", "1|2|1").says("data.separator = \"|\""),
        lines("1,2,1", "2,1,-1").says("Missing header of", "a.csv", "its first line is numbers"),
        lines("a,a,y", "1,2,1").says("column a twice", "names must differ"),
        lines(",a,y", "0,2,1", "1,2,-1").says("Unnamed column: number 1", "data.exclude = [\"\"]"),
        lines("a,\"b", "c\",y", "1,2,1").says("quote is not closed", "data.multiline = true"),
        lines("").says("Empty file", "must have a header"),
        lines("a,b,y").says("No rows in", "a.csv: nothing but a header", "one or more"),
        set("spark.hadoop.fs.s3a.access.key=k")
            .says("Unknown key spark.hadoop.fs.s3a.access.key", "--conf", "JAVA_TOOL_OPTIONS"),
        lines("a,b,y", "1600000000,1,1", "1600000010,2,-1", "1600000020,0,1", "1600000000,1,-1")
            .with("data.storage=float")
            .says("float for column a", "span 10.0000", "err by 95.4", "data.storage = double"),
        lines("a,b,y", "1e-46,1,1", "0,2,-1", "2e-46,0,1", "1e-46,1,-1")
            .with("data.storage=float")
            .says("float for column a", "up to 1.00000e-46", "a larger data.scale"),
        lines("a,b,y", "1e39,1,1", "0,2,-1", "1,0,1", "2,1,-1")
            .with("data.storage=float")
            .says("too large for a 32-bit float", "data.storage = double"));
  }

  static Stream<Bad> rows() {
    return Stream.of(
        rows("x,1,1").says("a.csv line 2: column 1 (a): \"x\" is not a number", "Mend them"),
        lines("a,b,city,y", "1,2,Ulm,1", "2,1,Rom,-1", "1,1,Ulm,1")
            .says("column 3 (city): \"Ulm\"", "Text in every row", "data.exclude = [city]"),
        lines("city,b,day,y", "Ulm,1,Mon,1", "Rom,2,Tue,-1").says("data.exclude = [city, day]"),
        lines("a;b;y", "1,5;2;1", "2;1;-1")
            .with("data.separator=\";\"")
            .says("line 2: column 1 (a): \"1,5\"", "decimals are written with a point"),
        rows("1,2", "3,4,1,5").says("line 2: 2 cells (must be 3", "line 3: 4 cells"),
        rows("1,\"2,1").says("line 2", "quote that is not closed", "data.multiline = true"),
        rows("1,,1").says("line 2: column 2 (b): \"\" is missing"),
        rows("1e999,1,1").says("line 2: column 1 (a): \"1e999\" is not finite"),
        rows("1e39,1,1")
            .with("data.storage=float")
            .says("line 2: column 1 (a): \"1.0E39\"", "too large for a 32-bit float", "data.scale"),
        rows("1e300,1,1").with("data.scale=1e10").says("line 2", "too large for a double"),
        rows("1,1,7").says("line 2: column 3 (y): \"7.0\" is no label", "-1 or 1, or 0 or 1"),
        rows("1,1,0").says("Invalid labels in y: -1, 0 and 1"),
        rows("1,1,x")
            .says(
                "line 2: column 3 (y): \"x\" is not a number (must be -1 or 1, or 0 or 1)", "Mend"),
        lines("a,b,y", "1,2,yes", "2,1,no", "1,3,yes")
            .says(
                "line 2: column 3 (y): \"yes\" is not a number",
                "Text in every row of y, data.label: write its labels as numbers (each must be -1"
                    + " or 1, or 0 or 1), or name another column"),
        lines("a,b,y", "1,2,yes", "2,1,no", "1,3,yes")
            .with("model.loss=multinomial")
            .says("Text in every row of y, data.label", "(each must be an integer >= 0)"),
        lines("a,b,y", "1,2,yes", "2,1,no", "1,3,yes")
            .with("model.loss=squared")
            .says("\"yes\" is not a number;", "data.label: write its labels as numbers"),
        rows("1,-3,1").with("data.weight=b").says("line 2: column 2 (b): \"-3.0\" is no weight"),
        lines("a,w,y", "1,0,1", "2,0,-1", "3,0,1")
            .with("data.weight=w")
            .says("Invalid weights: all 2 of the train rows are 0", "data.weight"),
        lines("a,w,y", "1,1e308,1", "2,1e308,-1", "3,1,1")
            .with("data.weight=w")
            .says("their sum overflows", "train"),
        rows("1,0.5,1").with("data.keys=[b]").says("line 2: column 2 (b): \"0.5\" is no key"),
        rows("1,3e9,1").with("data.keys=[b]").says("is no key", "<= 2147483647"),
        set("data.split.modulo=9", "data.split.validation=8")
            .says("Empty validation part: 0 of 6"));
  }

  static Stream<Bad> labelsAndSizes() {
    String wide = IntStream.range(0, 50).mapToObj(i -> "1").collect(Collectors.joining(",")) + ",1";
    return Stream.of(
        lines("1 1:1 2000000000:2", "-1 1:-1 2:1")
            .with(SVM)
            .says("a.csv line 1: index: \"2000000000\" is no feature", "<= ", "MB", "TACIT_MEMORY"),
        lines("1 1:1 2:2", "-1 1:-1 2:1")
            .with(SVM, "data.width=2000000000")
            .says("Too many features: 2000000000", "must be <= ", "TACIT_MEMORY"),
        lines("1 1:1 99999999999:2", "-1 1:1").with(SVM).says("line 1", "99999999999", "<= "),
        lines("1 0:1", "-1 1:1").with(SVM).says("line 1", "\"0\" is no feature", ">= 1"),
        lines("1 2:1 1:1", "-1 1:1").with(SVM).says("line 1", "out of order"),
        lines("1 1:x", "-1 1:1").with(SVM).says("line 1: feature 1: \"x\""),
        lines("a,b,y", "1,2,0", "2,1,1000000000", "3,1,1")
            .with("model.loss=multinomial")
            .says("a.csv line 3: column 3 (y)", "is no class", "< ", "TACIT_MEMORY"),
        lines("a,b,y", "1,2,0", "2,1,20000", "3,1,1")
            .with("model.loss=multinomial")
            .says("a.csv line 3: 20000", "20001 classes for 3 rows", "data.classes"),
        lines("a,b,y", "1,2,0", "2,1,1", "3,1,1")
            .with("model.loss=multinomial", "data.classes=2000000000")
            .says("2 features x 2000000000 classes", "must be <= "),
        lines("a,b,y", "1,2,0", "2,1,1", "3,1,1")
            .with("model.loss=multinomial", "data.classes=20000")
            .says("Too many classes: 20,000", "must be at most 5,000", "data.classes"),
        lines("a,b,y", "1,2,0", "2,1,2", "3,1,1")
            .with("model.loss=multinomial", "data.classes=2")
            .says("line 3: column 3 (y): \"2.0\" is no class", "< 2"),
        lines("a,b,y", "1,2,0", "2,1,0").with("model.loss=multinomial").says("two classes or more"),
        lines("a,b,y", "1,2,1", "2,1,1", "3,1,-1")
            .with("model.intercept=true")
            .says("One class of labels in the train rows: all are 1", "there is no minimiser"),
        lines("a,b,y", "1,2,0", "2,1,0", "3,1,1")
            .with("model={loss=poisson,intercept=true}")
            .says("all are 0 in column y", "there is no minimiser", "model.intercept = false"),
        lines("a,b,y", "1,2,0", "2,1,2", "3,1,1", "1,1,0", "3,2,2", "4,1,1")
            .with("model={loss=multinomial,intercept=true}")
            .says("No row of class 1 in the train rows", "there is no minimiser"),
        lines("a,b,y", wide, "1,1,1").says("a.csv line 2: 51 cells (must be 3, as in the header)"));
  }

  @ParameterizedTest
  @MethodSource({"theta", "settings", "columns", "rows", "labelsAndSizes"})
  void isRefusedWithOffenderBoundAndRemedy(Bad bad) throws IOException {
    Files.write(folder.resolve("a.csv"), bad.lines());
    Files.writeString(
        folder.resolve("a.conf"),
        bad.settings().contains(SVM) ? CONF.substring(CONF.indexOf("model")) : CONF);
    List<String> arguments =
        new ArrayList<>(List.of(bad.job(), folder.resolve("a.conf").toString()));
    bad.settings().forEach(setting -> arguments.addAll(Arrays.asList("--set", setting)));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int code;
    try {
      code = Tacit.run(arguments.toArray(new String[0]));
    } finally {
      System.setErr(before);
    }
    String said = printed.toString(StandardCharsets.UTF_8);
    assertThat(said).startsWith("tacit: " + folder.resolve("a.conf"));
    assertThat(said).contains(bad.fragments());
    assertThat(said.lines()).hasSize(1);
    assertThat(code).isEqualTo(ExitCode.REFUSED.number());
  }
}
