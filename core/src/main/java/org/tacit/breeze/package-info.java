/**
 * Breeze's optimisers and LAPACK's dense factorisations behind interfaces of our own; the only
 * package that touches Scala. {@link org.tacit.breeze.QuasiNewton} iterates Breeze's methods. A
 * {@link org.tacit.breeze.Factorisation} solves: {@link org.tacit.breeze.Cholesky}, {@link
 * org.tacit.breeze.Lu}, {@link org.tacit.breeze.SingularValues}, and any of them on a matrix whose
 * scales are evened out, {@link org.tacit.breeze.Equilibrated}; {@link
 * org.tacit.breeze.Eigenvalues} are of symmetric matrices.
 */
package org.tacit.breeze;
