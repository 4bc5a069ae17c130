/**
 * Distributed implicit differentiation: a solution x*(theta) of F(x, theta) = 0 over a sharded
 * table, and its derivatives by the implicit function theorem, A dx + B dtheta = 0 with A = d1 F
 * and B = d2 F.
 *
 * <h2>What to hold in mind</h2>
 *
 * Fourteen words lead from a configuration to one hypergradient:
 *
 * <ol>
 *   <li>{@code Settings} (of the jobs): what a configuration says, typed and checked.
 *   <li>{@link org.tacit.pass.Table}: named columns of rows, sharded, on Spark or in process.
 *   <li>{@link org.tacit.program.Program}: values written in {@link org.tacit.primitive.Var}, over
 *       whole tables; derivatives are programs again ({@code autodiff}).
 *   <li>{@link org.tacit.pass.Passes}: evaluates programs by passes over the rows, and counts them.
 *   <li>{@link org.tacit.model.Model}: a family's condition, outer loss, layout and names.
 *   <li>{@link org.tacit.optimality.Condition}: F, and of what kind it is.
 *   <li>{@link org.tacit.optimality.Problem}: a condition at one theta on tables: what solvers see.
 *   <li>{@link org.tacit.solver.Solver}: finds a root of a problem.
 *   <li>{@link org.tacit.linsolve.Solution}: what a solve found, with its outcome.
 *   <li>{@link org.tacit.implicit.ImplicitFunction}: condition, solver and linear solver together:
 *       theta -> x*(theta), whose values can be differentiated.
 *   <li>{@link org.tacit.operator.LinearOperator}: A, known by its products.
 *   <li>{@link org.tacit.linsolve.LinearSolver}: solves A u = b and A' u = b by them.
 *   <li>{@link org.tacit.bilevel.BilevelProblem}: an outer loss of the solution, and its
 *       hypergradient.
 *   <li>{@link org.tacit.implicit.Certificate}: how far off a derivative may be, and whether it is
 *       to be trusted.
 * </ol>
 *
 * <h2>The walk of {@code tacit hypergradient NAME.conf}, file by file</h2>
 *
 * <ol>
 *   <li>{@code job/Tacit} takes the command line, {@code job/Batch} goes through the
 *       configurations, {@code job/ConfigFile} and {@code job/Settings} read each.
 *   <li>{@code data/TableReader} reads the rows once and splits them; they are a {@code
 *       spark/SparkTable}, or a {@code pass/InProcessTable} where files are small.
 *   <li>{@code job/Workspace} joins the tables and a model ({@code model/PenalisedModel}, whose
 *       condition is {@code optimality/Stationarity} of the objective, or {@code
 *       optimality/ProximalGradient}) to an implicit function.
 *   <li>{@code job/HypergradientJob} asks for the solution: {@code implicit/ImplicitFunction} makes
 *       a problem ({@code optimality/ReadyCondition}) and hands it to the solver ({@code
 *       solver/Automatic}). Whatever that evaluates goes through {@code pass/Passes}: {@code
 *       pass/Schedule} cuts a program into driver work and passes, {@code pass/Evaluation} runs
 *       them, {@code pass/PartitionPass} the rows of one partition, {@code pass/TileInterpreter}
 *       tile by tile; {@code spark/SparkTable} adds up in the order of partitions.
 *   <li>{@code bilevel/BilevelProblem} evaluates the outer loss with its partial derivatives, one
 *       pass, and solves for the adjoint, A' u = -d1 L: {@code implicit/ImplicitSolution} gives A
 *       ({@code operator/JacobianOperator}) to the linear solver ({@code linsolve/Auto}), and u
 *       through B ({@code implicit/CrossDerivative}): dL/dtheta = d2 L + B' u.
 *   <li>{@code implicit/ErrorBound} holds it against a corrected solution: the certificate.
 *   <li>{@code job/JobResult} is what was found, {@code job/ResultJson} and {@code job/ResultFiles}
 *       write it.
 * </ol>
 */
package org.tacit;
