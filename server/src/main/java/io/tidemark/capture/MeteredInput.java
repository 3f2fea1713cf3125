package io.tidemark.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream whose bytes are charged to a request's share of memory as they are read.
final class MeteredInput extends FilterInputStream {

  private final IntakeMemory.Share share;

  MeteredInput(InputStream input, IntakeMemory.Share share) {
    super(input);
    this.share = share;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      share.take(1);
    }
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      share.take(read);
    }
    return read;
  }
}
