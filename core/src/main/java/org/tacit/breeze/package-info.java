/**
 * Breeze's optimisers and LAPACK's dense factorisations behind interfaces of our own; the only
 * package that touches Scala.
 */
package org.tacit.breeze;
