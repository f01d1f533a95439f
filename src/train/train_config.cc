#include "train/train_config.h"

namespace lutra {

void describe(Fields& f, TrainConfig& c) {
  f.integer("epochs", c.epochs, {1, 100000}, "passes over the training events");
  f.integer("batch_events", c.batch_events, {4, 1 << 20}, "events per optimiser step");
  f.integer("train_events", c.train_events, {0, 1e9}, "use at most this many training events; 0: all");
  f.integer("validation_events", c.validation_events, {0, 1e9}, "use at most this many validation events; 0: all");
  f.number("learning_rate", c.learning_rate, {1e-7, 1}, "highest learning rate of Adam");
  f.choice("schedule", c.schedule, {"constant", "cosine", "one_cycle"},
           "learning rate over the run; one_cycle rises during warm-up, then falls as a cosine");
  f.number("warmup_share", c.warmup_share, {0, 0.9}, "share of the steps in which the rate rises (one_cycle)");
  f.number("final_share", c.final_share, {0, 1}, "last learning rate as a share of the highest (cosine, one_cycle)");
  f.number("weight_decay", c.weight_decay, {0, 1}, "decoupled weight decay per step, times the learning rate");
  f.number("clip_norm", c.clip_norm, {0, 1e6}, "gradients are scaled down to this Euclidean norm; 0: never");
  f.integer("patience_epochs", c.patience_epochs, {0, 100000},
            "stop after this many epochs without a better validation loss; 0: never");
  f.integer("checkpoint_steps", c.checkpoint_steps, {1, 1e9}, "optimiser steps between checkpoints");
  f.number("divergence_factor", c.divergence_factor, {1, 1e9},
           "stop with an error when the loss of a batch exceeds the first batch's by this factor");
  f.number(
      "min_containment", c.min_containment, {0, 1},
      "leave out muons with a smaller share of their hits in the fragment, or in whole images with hits in a smaller "
      "share of the layers: nothing there tells them from noise");
  f.number(
      "position_weight", c.position_weight, {0, 1e3},
      "weight in the loss of targets that only a muon has: measured from the window (eta), or its charge; the others "
      "have 1");
  f.integer("shards", c.shards, {1, 4096},
            "parts of a batch that threads and processes share; part of the result, so give at least one to each");
  f.integer("seed", c.seed, {0, 9e15}, "initialisation and order of the events");
}

}  // namespace lutra
