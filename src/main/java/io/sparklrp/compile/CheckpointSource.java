package io.sparklrp.compile;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.checkpoint.SentenceModules;
import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.forward.Architectures;
import io.sparklrp.forward.ForwardPass;
import io.sparklrp.image.ImageProcessorConfig;
import io.sparklrp.image.ImageSize;
import io.sparklrp.model.ProblemType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Hugging Face checkpoint. */
final class CheckpointSource implements ModelSource {
  private final Checkpoint checkpoint;
  private final ModelOptions options;
  private final ForwardPass pass;
  private final ForwardPass explained;

  CheckpointSource(Path directory, ModelOptions options) {
    this.checkpoint = Checkpoint.open(directory);
    this.options = options;
    this.pass = Architectures.build(checkpoint);
    this.explained =
        options.embeddings().isEmpty()
            ? pass
            : new ForwardPass(EmbeddingOutput.of(pass.model()), pass.task(), pass.longest());
  }

  @Override
  public String name() {
    return String.valueOf(checkpoint.directory().getFileName());
  }

  @Override
  public ForwardPass pass() {
    return explained;
  }

  @Override
  public String words() {
    return pass.model().embeddings();
  }

  @Override
  public List<String> labels() {
    return checkpoint.config().labels();
  }

  @Override
  public ProblemType problemType() {
    return ProblemType.of(checkpoint.config().text("problem_type", ""), labels().size());
  }

  @Override
  public Optional<TokenizerFile> tokenizer() {
    return checkpoint.tokenizer();
  }

  @Override
  public long paddingId() {
    return Math.max(0, checkpoint.config().signed("pad_token_id", 0));
  }

  @Override
  public SentenceModules modules() {
    return checkpoint.modules();
  }

  @Override
  public SentenceVector.Pooling pooling() {
    return SentenceVector.Pooling.of(modules(), options);
  }

  @Override
  public Optional<ImageProcessorConfig> imageProcessor() {
    if (tokenizer().isPresent()) {
      return Optional.empty();
    }
    ImageProcessorConfig processor =
        ImageProcessorConfig.read(checkpoint.directory(), checkpoint.config());
    int side = checkpoint.config().integer("image_size", 224);
    processor.checkFeeds(new ImageSize(side, side));
    return Optional.of(processor);
  }

  @Override
  public int patchSize() {
    return checkpoint.config().integer("patch_size", 16);
  }

  @Override
  public String contentHash() {
    return checkpoint.contentHash();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(tokenizer().map(TokenizerFile::notes).orElse(List.of()));
    if (checkpoint.config().architectures().isEmpty() && !checkpoint.hasPooling()) {
      notes.add(
          "config.json names no class in architectures: taken for a model of "
              + pass.task().description()
              + ", as model_type and the tensors say.");
    }
    return List.copyOf(notes);
  }
}
