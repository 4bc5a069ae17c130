package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.config.ConfigException;
import org.tacit.config.ConfigSource;
import org.tacit.config.ConfigText;
import org.tacit.config.Section;
import org.tacit.data.BadRows;
import org.tacit.data.Engine;
import org.tacit.data.Part;
import org.tacit.data.RowKey;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyScope;

class SettingsTest {
  private static final String LEAST =
      """
      data {
        train = a.csv
        validation = b.csv
        label = y
      }
      model { loss = logistic }
      theta = -4
      """;

  private static Settings of(String text, String... overrides) {
    ConfigSource source = new ConfigSource("conf/a.conf", new Path("conf/a.conf"), text);
    return Settings.of("conf/a.conf", ConfigText.parsed(source, List.of(overrides), Set.of()));
  }

  private static PenalisedModel.Form form(Settings settings) {
    return (PenalisedModel.Form) settings.model();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refusal(
      String text, String... overrides) {
    return assertThatThrownBy(() -> of(text, overrides)).isInstanceOf(ConfigException.class);
  }

  @Test
  void whatIsLeftOutHasADefault() {
    Settings settings = of(LEAST);
    assertThat(settings.name()).isEqualTo("a");
    assertThat(settings.theta()).containsExactly(-4.0);
    assertThat(settings.data().reading().engine()).isEqualTo(Engine.AUTO);
    assertThat(settings.data().format()).isEqualTo(DataSettings.Format.CSV);
    assertThat(settings.data().reading().badRows()).isEqualTo(BadRows.REFUSE);
    assertThat(settings.data().columns().storage()).isEqualTo(Storage.DENSE);
    assertThat(settings.data().columns().scale()).isEqualTo(1);
    assertThat(settings.model().loss()).isEqualTo(Loss.logistic());
    assertThat(form(settings).average()).isEqualTo(Average.MEAN);
    assertThat(form(settings).scope()).isEqualTo(PenaltyScope.ALL);
    assertThat(settings.inner())
        .isEqualTo(new Settings.InnerSettings(InnerMethod.AUTO, 1e-10, 500));
    assertThat(settings.linear().method()).isEqualTo(LinearSettings.Method.AUTO);
    assertThat(settings.outer().loss()).isEqualTo(Loss.logistic());
    assertThat(settings.output().path()).isEmpty();
    assertThat(settings.output().hasJacobian()).isFalse();
  }

  @Test
  void foldsTakeAllRowsButTheTestRows() {
    String least =
        """
        data { path = a.csv, label = y %s }
        model { loss = logistic }
        sweep { from = -6, to = -2 }
        folds = 4
        """;
    Settings whole = of(least.formatted(""));
    assertThat(whole.theta()).containsExactly(-4.0);
    assertThat(whole.folds()).contains(new FoldSettings(4, 0, Optional.empty(), Optional.empty()));
    assertThat(whole.data().columns().rowKey()).contains(RowKey.ofRows());
    assertThat(((Sources.Modulo) whole.data().sources()).remainders())
        .isEqualTo(Map.of(Part.TRAIN, List.of(0)));
    assertThat(remainders(of(least.formatted(", split { modulo = 4, test = [1] }"))))
        .isEqualTo(Map.of(Part.TRAIN, List.of(0, 2, 3), Part.TEST, List.of(1)));
    String split = ", split { modulo = 5, train = [0, 1], validation = [3], test = [2] }";
    assertThat(remainders(of(least.formatted(split))))
        .isEqualTo(Map.of(Part.TRAIN, List.of(0, 1, 3), Part.TEST, List.of(2)));
    Settings drawn = of(least.formatted(", split { fraction = [0.5, 0.25, 0.25], seed = 3 }"));
    assertThat(((Sources.Fraction) drawn.data().sources()).fractions())
        .containsExactly(0.75, 0.0, 0.25);
    Settings sites = of(least.formatted(""), "folds={column=site}");
    assertThat(sites.data().columns().rowKey()).contains(RowKey.ofNames("site"));
    assertThat(of(LEAST).data().columns().rowKey()).isEmpty();
    refusal(LEAST, "sweep.points=3").hasMessageContaining("Missing key folds");
  }

  private static Map<Part, List<Integer>> remainders(Settings settings) {
    return ((Sources.Modulo) settings.data().sources()).remainders();
  }

  @Test
  void everyKeyIsRead() {
    Settings settings =
        of(
            """
            data {
              format = parquet, folder = "/d", path = "p", label = l, weight = w, offset = o, keys = [g, h]
              features = [a, b], storage = float, scale = 0.0625, classes = 3, partitions = 7
              bad-rows = drop, split { modulo = 4, train = [0, 1], validation = 2, test = [3] }
            }
            model { loss = multinomial, average = sum, intercept = true, penalty = l2
                    per = group, groups = [0, 1], standardise = true, family = penalised }
            theta = [1, -2.5]
            inner { tolerance = 1e-8, max-iterations = 7 }
            linear { method = cg, tolerance = 1e-6, max-iterations = 8 }
            outer { loss = multinomial, max-iterations = 9, tolerance = 0.01, bounds = [-3, 3]
                    grid { from = -2, to = 1, points = 5 } }
            engine = in-process
            output { path = out, jacobian = true }
            """);
    DataSettings data = settings.data();
    assertThat(data.format()).isEqualTo(DataSettings.Format.PARQUET);
    assertThat(data.folder()).contains("/d");
    assertThat(data.columns().weight()).contains("w");
    assertThat(data.columns().offset()).contains("o");
    assertThat(data.columns().keys()).containsExactly("g", "h");
    assertThat(data.columns().features()).containsExactly("a", "b");
    assertThat(data.columns().storage()).isEqualTo(Storage.FLOAT);
    assertThat(data.columns().scale()).isEqualTo(0.0625);
    assertThat(data.columns().classes()).isEqualTo(3);
    assertThat(data.reading().partitions()).isEqualTo(7);
    assertThat(data.reading().badRows()).isEqualTo(BadRows.DROP);
    var split = (Sources.Modulo) data.sources();
    assertThat(split.remainders().get(Part.TRAIN)).containsExactlyInAnyOrder(0, 1);
    assertThat(split.remainders().get(Part.VALIDATION)).containsExactly(2);
    assertThat(split.remainders().get(Part.TEST)).containsExactly(3);
    assertThat(form(settings).average()).isEqualTo(Average.SUM);
    assertThat(form(settings).groups()).containsExactly(0, 1);
    assertThat(form(settings).isStandardised()).isTrue();
    assertThat(settings.theta()).containsExactly(1.0, -2.5);
    assertThat(settings.outer().bounds().low(0)).isEqualTo(-3);
    assertThat(settings.outer().grid().orElseThrow()).isEqualTo(new OuterSettings.Grid(-2, 1, 5));
    assertThat(settings.data().reading().engine()).isEqualTo(Engine.IN_PROCESS);
    assertThat(settings.output().path()).contains("out");
    assertThat(settings.output().hasJacobian()).isTrue();
  }

  @Test
  void unknownKeysAreNamedWithLineAndTheNearestKnownOne() {
    refusal(LEAST + "inner {\n  tolerence = 1e-3\n}\n")
        .hasMessageStartingWith(
            "conf/a.conf line 9: Unknown key inner.tolerence (the nearest known one is"
                + " inner.tolerance; known here: method, tolerance, max-iterations)");
    refusal(LEAST + "thet = 1")
        .hasMessageStartingWith(
            "conf/a.conf line 8: Unknown key thet (the nearest known one is theta");
    refusal(LEAST, "data.fromat=csv")
        .hasMessageStartingWith(
            "--set data.fromat=csv: Unknown key data.fromat (the nearest known one is data.format");
  }

  @Test
  void aKeyThatTheFileAndAnOverrideBothWroteIsNamedWhereItsFirstPartIs() {
    refusal(LEAST + "innr { tolerance = 1e-3 }\n", "innr.max-iterations=2")
        .hasMessageStartingWith("conf/a.conf line 8: Unknown key innr (the nearest");
    refusal(LEAST, "innr.tolerance=1e-3", "innr.max-iterations=2")
        .hasMessageStartingWith("--set innr.");
    refusal(LEAST.replace("train", "trian"), "data.weight=w")
        .hasMessageStartingWith("conf/a.conf line ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "inner.tolerance = -1 => inner.tolerance: -1 (must be > 0 and < 1)",
        "inner.tolerance = small => inner.tolerance: small (must be a number)",
        "inner.max-iterations = 0 => inner.max-iterations: 0 (must be an integer >= 1)",
        "inner.max-iterations = 1.5 => inner.max-iterations: 1.5 (must be an integer >= 1)",
        "inner = 3 => inner: 3 (must be an object { ... })",
        "linear.method = qmr => linear.method: qmr (must be one of auto | cg | minres | gmres | bicgstab | lsmr | normal-cg | dense)",
        "linear.preconditioner = nystrom => linear.preconditioner: nystrom (must be none, or linear.method be one of cg | minres | gmres)",
        "linear.rank = 0 => linear.rank: 0 (must be an integer >= 1)",
        "engine = yarn => engine: yarn (must be one of auto | spark | in-process)",
        "model.loss = hinge => model.loss: hinge (must be without kinks, as a minimiser on one has no derivative: smoothed-hinge or squared-hinge; outer.loss may be hinge)",
        "model.loss = absolute => model.loss: absolute (must be without kinks, as a minimiser on one has no derivative: absolute with smoothing > 0, or huber; outer.loss may be absolute)",
        "model { loss = huber, delta = 0 } => model.delta: 0 (must be > 0 and finite)",
        "model { loss = tweedie, power = 2 } => model.power: 2 (must be > 1 and < 2: 1 is poisson, 2 is gamma)",
        "model { loss = quantile, quantile = 1 } => model.quantile: 1 (must be > 0 and < 1)",
        "model { loss = smoothed-hinge, smoothing = 0 } => model.smoothing: 0 (must be > 0 and finite)",
        "model { loss = absolute, smoothing = -1 } => model.smoothing: -1 (must be >= 0 and finite)",
        "model.delta = 2 => model.delta: 2 (must be left out: loss logistic has none)",
        "outer.delta = 2 => outer.delta: 2 (must be left out, or stand beside a loss of its own)",
        "outer.loss = poisson => outer.loss: poisson (must be a loss of the same labels as model.loss = logistic)",
        "model.family = forest => model.family: forest (must be one of penalised)",
        "model.standardise = 1.5 => model.standardise: 1.5 (must be true or false)",
        "model.penalty = l3 => model.penalty: l3 (must be one of l2 | l1 | elastic-net)",
        "model.intercept = maybe => model.intercept: maybe (must be true or false)",
        "outer.loss = multinomial => outer.loss: multinomial (must be a loss of the same labels as model.loss = logistic)",
        "outer.bounds = [3, 1] => outer.bounds: [3, 1] (must be [low, high] with low <= high, both within -709 and 709)",
        "outer.grid.points = 1 => outer.grid.points: 1 (must be an integer >= 2)",
        "data.format = xls => data.format: xls (must be one of csv | libsvm | parquet)",
        "data.scale = 0 => data.scale: 0 (must be finite and not 0)",
        "data.partitions = 0 => data.partitions: 0 (must be an integer >= 1)",
        "data.bad-rows = keep => data.bad-rows: keep (must be one of refuse | drop)",
        "data.storage = half => data.storage: half (must be double | float)",
        "data.width = 3 => data.width: 3 (must be left out: only LibSVM files have one; see data.features)",
        "data.path = c.csv => data.path: c.csv (must be left out beside data.train, data.validation and data.test)",
        "theta = [1, big] => theta: [1, big] (must be a number or a list of numbers)",
        "theta = [] => theta: [] (must be a finite number, or a list of them)"
      })
  void valuesOutOfBoundsAreNamedWithLineAndBound(String line, String message) {
    refusal(LEAST + line + "\n").hasMessage("conf/a.conf line 8: Invalid " + message);
  }

  @Test
  void missingKeysAreNamed() {
    refusal("model { loss = squared }\ntheta = 1")
        .hasMessageContaining("Missing key data (add it, or give it with --set data=...)");
    refusal(LEAST.replace("label = y", "")).hasMessageContaining("Missing key data.label");
    refusal(LEAST.replace("train = a.csv", "")).hasMessageContaining("Missing key data.train");
    refusal(LEAST.replace("theta = -4", "")).hasMessageContaining("Missing key theta");
    refusal(LEAST.replace("{ loss = logistic }", "{}"))
        .hasMessageContaining("Missing key model.loss");
    refusal(LEAST + "model.per = group").hasMessageContaining("Missing key model.groups");
  }

  @Test
  void impossibleSplitsAreRefused() {
    String split =
        "data { path = a.csv, label = y, split { %s } }\nmodel.loss = squared\ntheta = 1";
    refusal(split.formatted("modulo = 4, train = [0, 4], validation = 1"))
        .hasMessage(
            "conf/a.conf line 1: Invalid data.split.train: [0, 4]"
                + " (must be remainders < 4, each in one part only)");
    refusal(split.formatted("modulo = 4, train = [0, 1], validation = 1"))
        .hasMessageContaining("Invalid data.split.validation: 1");
    refusal(split.formatted("modulo = 4, train = 0")).hasMessageContaining("data.split.validation");
    refusal(split.formatted("fraction = 1.5"))
        .hasMessageContaining("Invalid data.split.fraction: 1.5");
    refusal(split.formatted("fraction = [0.5, 0.6]")).hasMessageContaining("that add up to 1");
    var fraction =
        (Sources.Fraction) of(split.formatted("fraction = 0.75, seed = 5")).data().sources();
    assertThat(fraction.fractions()).containsExactly(0.75, 0.25);
    assertThat(fraction.seed()).isEqualTo(5);
  }

  @Test
  void overridesWinAndSayWhereTheyCameFrom() {
    Settings settings = of(LEAST, "theta=[1,2]", "data.label=z", "inner.tolerance=1e-3");
    assertThat(settings.theta()).containsExactly(1.0, 2.0);
    assertThat(settings.data().columns().label()).isEqualTo("z");
    assertThat(settings.inner().tolerance()).isEqualTo(1e-3);
    assertThat(settings.places().of("data.label")).startsWith("--set data.label=z");
    assertThat(settings.places().of("data.train")).isEqualTo("conf/a.conf line 2: ");
    assertThat(settings.places().of("data.weight")).isEqualTo("conf/a.conf: ");
    refusal(LEAST, "theta").hasMessage("Invalid --set theta (must be key=value)");
    refusal(LEAST, "inner.tolerance=2")
        .hasMessageStartingWith("--set inner.tolerance=2")
        .hasMessageEndingWith("Invalid inner.tolerance: 2 (must be > 0 and < 1)");
  }

  @Test
  void textThatIsNoConfigurationIsNamedWithItsLine() {
    refusal("data {\n train = \n")
        .hasMessageStartingWith("conf/a.conf line 3: Invalid configuration: ");
  }

  @Test
  void aLossIsNamedAsItNamesItself() {
    for (LossKind kind : LossKind.values()) {
      assertThat(kind.loss().name()).isEqualTo(Section.label(kind));
    }
    refusal(LEAST, "model.loss=hing")
        .hasMessageContaining(
            "Invalid model.loss: hing (must be one of squared | logistic | multinomial | absolute");
  }

  @Test
  void lossesTakeTheirParametersAndLabelsAreThoseOfBoth() {
    Settings huber = of(LEAST, "model={loss=huber,delta=2}", "outer={loss=absolute,smoothing=0.5}");
    assertThat(huber.model().loss()).isEqualTo(Loss.huber(2));
    assertThat(huber.outer().loss()).isEqualTo(Loss.absolute(0.5));
    assertThat(huber.labels()).isEqualTo(Labels.REAL);
    Settings counts = of(LEAST, "model.loss=tweedie", "model.power=1.2", "outer.loss=poisson");
    assertThat(counts.model().loss()).isEqualTo(Loss.tweedie(1.2));
    assertThat(counts.outer().loss()).isEqualTo(Loss.poisson());
    assertThat(of(LEAST, "model.loss=squared", "outer.loss=gamma").labels())
        .isEqualTo(Labels.POSITIVE);
    assertThat(of(LEAST, "outer.loss=hinge").outer().loss()).isEqualTo(Loss.hinge());
  }
}
