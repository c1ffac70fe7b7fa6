/** Keeps one failing screen from taking the whole console down: says what happened and offers to draw it again. */
import { Component, type ReactNode } from "react";
import { FaultNote } from "./fault-note.tsx";

interface Props {
  /** Another value draws the screen anew: another room, another selection. */
  readonly resetOn: string;
  readonly children: ReactNode;
}

interface State {
  readonly error?: unknown;
  readonly at: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { at: this.props.resetOn };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return props.resetOn === state.at ? null : { at: props.resetOn, error: undefined };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <FaultNote error={this.state.error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
