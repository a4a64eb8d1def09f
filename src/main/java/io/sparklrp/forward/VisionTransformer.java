package io.sparklrp.forward;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.block.Block;
import io.sparklrp.forward.block.LayerNorm;
import io.sparklrp.forward.block.Linear;
import io.sparklrp.forward.block.SelfAttention;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.List;

/**
 * ViT (Dosovitskiy et al. 2021) and DeiT (Touvron et al. 2021), which has one more token and, with
 * its teacher's head, the mean of two classifiers. X is each patch's projection without its bias.
 */
final class VisionTransformer implements Architecture {
  @Override
  public List<String> modelTypes() {
    return List.of("deit", "vit");
  }

  @Override
  public ForwardPass build(Draft draft) {
    return new Pass(draft).build();
  }

  /** One build. */
  private static final class Pass {
    private final Draft draft;
    private final ModelConfig config;
    private final EncoderConfig encoder;
    private final String base;
    private final boolean isDistilled;
    private final int channels;
    private final int image;
    private final int patch;

    Pass(Draft draft) {
      this.draft = draft;
      this.config = draft.config();
      this.encoder = EncoderConfig.ofImages(config);
      this.base = draft.base(config.modelType());
      this.isDistilled = config.modelType().equals("deit");
      this.channels = config.integer("num_channels");
      this.image = config.integer("image_size");
      this.patch = config.integer("patch_size");
      if (image % patch != 0) {
        throw new UserException(
            String.format(
                "Cannot build the model: image_size %d in config.json is not a multiple of patch_size %d."
                    + " Correct config.json.",
                image, patch));
      }
    }

    ForwardPass build() {
      Value pixels = draft.pixels(channels, image);
      Value patches = patches(pixels);
      Value x = embeddings(pixels, patches);
      for (int layer = 0; layer < encoder.layers(); layer++) {
        x = layer(layer, x);
      }
      Block norm = draft.block(base + "layernorm", Scopes.FINAL_NORM);
      Value normed = LayerNorm.apply(norm, x, encoder.hidden(), encoder.epsilon());
      return draft.finish(patches, head(normed), 0);
    }

    private long side() {
      return image / patch;
    }

    private Block projection() {
      return draft.block(base + "embeddings.patch_embeddings.projection", Scopes.EMBEDDINGS);
    }

    /** The convolution with its size as its stride, as a product: [batch, patches, hidden]. */
    private Value patches(Value pixels) {
      Block block = projection();
      Ops ops = block.ops();
      Value split = ops.reshape("split", pixels, 0, channels, side(), patch, side(), patch);
      Value byPatch = ops.transpose("by_patch", split, List.of(0L, 2L, 4L, 1L, 3L, 5L));
      long pixelsOfPatch = (long) channels * patch * patch;
      Value rows = ops.reshape("rows", byPatch, 0, side() * side(), pixelsOfPatch);
      Value stored = block.parameter("weight", encoder.hidden(), channels, patch, patch);
      Value weight = ops.reshape("weight_rows", stored, encoder.hidden(), pixelsOfPatch);
      return ops.fusedMatMul("patches", rows, false, weight, true, 1f);
    }

    private Value embeddings(Value pixels, Value patches) {
      long size = encoder.hidden();
      Block block = draft.block(base + "embeddings", Scopes.EMBEDDINGS);
      Ops ops = block.ops();
      Value biased = ops.add("with_bias", patches, projection().parameter("bias", size));
      Value zero = zeroOfEachRecord(ops, pixels);
      Value token = ops.add("class_token", zero, block.parameter("cls_token", 1, 1, size));
      List<Value> rows =
          isDistilled
              ? List.of(
                  token,
                  ops.add("distillation", zero, block.parameter("distillation_token", 1, 1, size)),
                  biased)
              : List.of(token, biased);
      Value all = ops.concat("rows", 1, rows);
      long count = side() * side() + rows.size() - 1;
      Value places = block.parameter("position_embeddings", 1, count, size);
      return ops.scoped(Scopes.POSITION).add("with_positions", all, places);
    }

    /** A zero for each record, [batch, 1, 1]. */
    private static Value zeroOfEachRecord(Ops ops, Value pixels) {
      Value one = pixels;
      for (int axis = 1; axis < 4; axis++) {
        one = ops.slice("first", one, axis, ops.longs(0), ops.longs(1));
      }
      Value flat = ops.reshape("of_record", one, 0, 1, 1);
      return ops.mul("zero", flat, ops.scalar(0f));
    }

    private Value layer(int index, Value x) {
      Block layer = draft.block(base + "encoder.layer." + index, Scopes.layer(index));
      long size = encoder.hidden();
      Value normed = norm(layer.in("layernorm_before"), x);
      Value attended = attention(layer.in("attention"), normed);
      Value middle = layer.ops().add("attention_residual", attended, x);
      Block inner = layer.in("intermediate").in("dense");
      Value wide =
          Linear.apply(
              inner, norm(layer.in("layernorm_after"), middle), size, encoder.intermediate());
      Value active = encoder.activation().apply(inner.ops(), wide);
      Value narrow =
          Linear.apply(layer.in("output").in("dense"), active, encoder.intermediate(), size);
      return layer.ops().add("residual", narrow, middle);
    }

    private Value norm(Block block, Value x) {
      return LayerNorm.apply(block, x, encoder.hidden(), encoder.epsilon());
    }

    private Value attention(Block block, Value x) {
      long size = encoder.hidden();
      boolean biased = config.bool("qkv_bias");
      Block self = block.in("attention");
      Value context =
          SelfAttention.of(size, encoder.heads())
              .apply(
                  self.ops(),
                  Linear.apply(self.in("query"), x, size, size, biased),
                  Linear.apply(self.in("key"), x, size, size, biased),
                  Linear.apply(self.in("value"), x, size, size, biased),
                  List.of());
      return Linear.apply(block.in("output").in("dense"), context, size, size);
    }

    private Value head(Value x) {
      return switch (draft.task()) {
        case IMAGE_CLASSIFICATION -> isTaught() ? taught(x) : classes("classifier", x, 0);
        case EMBEDDING -> x;
        default -> throw draft.noHead();
      };
    }

    private boolean isTaught() {
      return config.architectures().isEmpty()
          ? draft.parameters().hasBelow("distillation_classifier.")
          : config.architectures().get(0).endsWith("WithTeacher");
    }

    private Value classes(String module, Value x, long row) {
      Ops ops = draft.ops(module, Scopes.HEAD);
      Value token = ops.slice("token", x, 1, ops.longs(row), ops.longs(row + 1));
      return Heads.classes(draft, module, token);
    }

    private Value taught(Value x) {
      Ops ops = draft.ops("taught", Scopes.HEAD);
      Value sum =
          ops.add("sum", classes("cls_classifier", x, 0), classes("distillation_classifier", x, 1));
      return ops.mul("mean", sum, ops.scalar(0.5f));
    }
  }
}
