/** Results: a folder of JSON and other files, written whole or not at all. */
package org.tacit.result;
