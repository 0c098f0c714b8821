/** Tests beside the certificates. */
@NullMarked
package io.pgherder.controller.certificate;

import org.jspecify.annotations.NullMarked;
